"""The catalogs that are kept: their columns, as records.h declares them, and the orders in which rows are looked up.

One list serves the exporter (columns to ask a server for), the checked-in files (columns to write) and the generator
(layout of the records). A column is "name:kind" or "name:kind=default"; an empty cell of a file means the default.

kind    in a file                            in the record
oid     a number; @n or name@n for members   Oid
i16/i32 a number                             std::int16_t / std::int32_t
f32     a number                             float
bool    t or f                               bool
char    one character                        char
text    escaped; empty NULL, \\e empty text   Text
oids    oids parted by spaces                Array<Oid>
chars   characters without a separator       Array<char>
texts   texts parted by |                    Array<Text>
"""
from dataclasses import dataclass

MAJORS = (13, 14, 15, 16, 17, 18)
DEFAULTS = {'oid': '0', 'i16': '0', 'i32': '0', 'f32': '0', 'bool': 'f', 'char': '', 'text': '', 'oids': '',
            'chars': '', 'texts': ''}


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    default: str


@dataclass(frozen=True)
class Catalog:
    name: str       # of the file and of MemberCatalog
    record: str     # the struct of records.h
    columns: tuple
    key: tuple      # columns that rows of the file are sorted by
    orders: tuple   # (name, columns); a column may be prefixed by ~ for a comparison without regard to case

    def index(self, column):
        return next(i for i, c in enumerate(self.columns) if c.name == column)


def catalog(name, record, columns, key, *orders):
    parsed = []
    for column in columns.split():
        declared, _, default = column.partition('=')
        column_name, kind = declared.split(':')
        parsed.append(Column(column_name, kind, default or DEFAULTS[kind]))
    split = tuple((order, tuple(by.split())) for order, by in orders)
    return Catalog(name, record, tuple(parsed), tuple(key.split()), split)


CATALOGS = (
    catalog('namespace', 'Namespace', 'oid:oid nspname:text', 'oid',
            ('namespace_oid', 'oid'), ('namespace_name', 'nspname')),
    catalog('type', 'Type',
            'oid:oid typname:text typnamespace:oid=11 typlen:i16=-1 typbyval:bool typtype:char=b typcategory:char=A '
            'typispreferred:bool typisdefined:bool=t typdelim:char=, typalign:char=d typstorage:char=x '
            'typnotnull:bool typrelid:oid typsubscript:oid typelem:oid typarray:oid typinput:oid typoutput:oid '
            'typreceive:oid typsend:oid typmodin:oid typmodout:oid typbasetype:oid typtypmod:i32=-1 typndims:i32 '
            'typcollation:oid typdefault:text', 'oid',
            ('type_oid', 'oid'), ('type_name', 'typname typnamespace')),
    catalog('proc', 'Proc',
            'oid:oid proname:text pronamespace:oid=11 prolang:oid=12 procost:f32=1 prorows:f32 provariadic:oid '
            'prokind:char=f provolatile:char=i proparallel:char=s proleakproof:bool proisstrict:bool=t '
            'proretset:bool pronargs:i16 pronargdefaults:i16 prorettype:oid proargtypes:oids proallargtypes:oids '
            'proargmodes:chars proargnames:texts proargdefaults:text prosrc:text', 'oid',
            ('proc_oid', 'oid'), ('proc_name', 'proname oid'), ('proc_source', 'prosrc oid')),
    catalog('aggregate', 'Aggregate',
            'aggfnoid:oid aggtransfn:oid aggfinalfn:oid aggsortop:oid aggtranstype:oid aggkind:char=n '
            'aggnumdirectargs:i16', 'aggfnoid', ('aggregate_proc', 'aggfnoid')),
    catalog('operator', 'Operator',
            'oid:oid oprname:text oprnamespace:oid=11 oprkind:char=b oprcanmerge:bool oprcanhash:bool oprleft:oid '
            'oprright:oid oprresult:oid oprcom:oid oprnegate:oid oprcode:oid oprrest:oid oprjoin:oid', 'oid',
            ('operator_oid', 'oid'), ('operator_name', 'oprname oid')),
    catalog('cast', 'Cast', 'castsource:oid casttarget:oid castfunc:oid castcontext:char=e castmethod:char=f',
            'castsource casttarget', ('cast_source', 'castsource casttarget'),
            ('cast_target', 'casttarget castsource')),
    catalog('am', 'AccessMethod',
            'oid:oid amname:text amhandler:oid amtype:char=i can_order:bool can_unique:bool can_multi_col:bool '
            'can_exclude:bool can_include:bool', 'oid', ('am_oid', 'oid'), ('am_name', 'amname')),
    catalog('opfamily', 'OperatorFamily', 'oid:oid opfmethod:oid opfname:text opfnamespace:oid=11', 'oid',
            ('opfamily_oid', 'oid'), ('opfamily_name', 'opfmethod opfname opfnamespace')),
    catalog('opclass', 'OperatorClass',
            'oid:oid opcmethod:oid opcname:text opcnamespace:oid=11 opcfamily:oid opcintype:oid opcdefault:bool=t '
            'opckeytype:oid', 'oid', ('opclass_oid', 'oid'), ('opclass_name', 'opcmethod opcname opcnamespace'),
            ('opclass_intype', 'opcmethod opcintype oid')),
    catalog('amop', 'FamilyOperator',
            'amopfamily:oid amoplefttype:oid amoprighttype:oid amopstrategy:i16 amoppurpose:char=s amopopr:oid '
            'amopmethod:oid amopsortfamily:oid', 'amopfamily amoplefttype amoprighttype amopstrategy',
            ('amop_family', 'amopfamily amoplefttype amoprighttype amopstrategy'),
            ('amop_operator', 'amopopr amoppurpose amopfamily')),
    catalog('amproc', 'FamilyFunction',
            'amprocfamily:oid amproclefttype:oid amprocrighttype:oid amprocnum:i16 amproc:oid',
            'amprocfamily amproclefttype amprocrighttype amprocnum',
            ('amproc_family', 'amprocfamily amproclefttype amprocrighttype amprocnum')),
    catalog('collation', 'Collation',
            'oid:oid collname:text collnamespace:oid=11 collprovider:char=i collisdeterministic:bool=t '
            'collencoding:i32=-1 collcollate:text collctype:text colllocale:text', 'oid',
            ('collation_oid', 'oid'), ('collation_name', 'collname collencoding')),
    catalog('language', 'Language',
            'oid:oid lanname:text lanispl:bool lanpltrusted:bool lanplcallfoid:oid laninline:oid lanvalidator:oid',
            'oid',
            ('language_oid', 'oid'), ('language_name', 'lanname')),
    catalog('range', 'Range',
            'rngtypid:oid rngsubtype:oid rngmultitypid:oid rngcollation:oid rngsubopc:oid rngcanonical:oid '
            'rngsubdiff:oid', 'rngtypid', ('range_type', 'rngtypid'), ('range_subtype', 'rngsubtype rngtypid'),
            ('range_multirange', 'rngmultitypid')),
    catalog('relation', 'Relation',
            'oid:oid relname:text relnamespace:oid=11 reltype:oid relkind:char=v relisshared:bool', 'oid',
            ('relation_oid', 'oid'), ('relation_name', 'relname relnamespace')),
    catalog('attribute', 'Attribute',
            'attrelid:oid attname:text atttypid:oid atttypmod:i32=-1 attnum:i16 attnotnull:bool attcollation:oid',
            'attrelid attnum', ('attribute_number', 'attrelid attnum')),
    catalog('conversion', 'Conversion',
            'oid:oid conname:text connamespace:oid=11 conforencoding:i32 contoencoding:i32 conproc:oid '
            'condefault:bool=t', 'oid', ('conversion_oid', 'oid'), ('conversion_name', 'conname')),
    catalog('ts_parser', 'TsParser',
            'oid:oid prsname:text prsnamespace:oid=11 prsstart:oid prstoken:oid prsend:oid prsheadline:oid '
            'prslextype:oid', 'oid', ('ts_parser_oid', 'oid'), ('ts_parser_name', 'prsname')),
    catalog('ts_token_type', 'TsTokenType', 'parser:oid tokid:i32 alias:text', 'parser tokid',
            ('ts_token_type', 'parser tokid')),
    catalog('ts_template', 'TsTemplate', 'oid:oid tmplname:text tmplnamespace:oid=11 tmplinit:oid tmpllexize:oid',
            'oid', ('ts_template_oid', 'oid'), ('ts_template_name', 'tmplname')),
    catalog('ts_dict', 'TsDictionary',
            'oid:oid dictname:text dictnamespace:oid=11 dicttemplate:oid dictinitoption:text', 'oid',
            ('ts_dict_oid', 'oid'), ('ts_dict_name', 'dictname')),
    catalog('ts_config', 'TsConfig', 'oid:oid cfgname:text cfgnamespace:oid=11 cfgparser:oid=3722', 'oid',
            ('ts_config_oid', 'oid'), ('ts_config_name', 'cfgname')),
    catalog('ts_config_map', 'TsConfigMap', 'mapcfg:oid maptokentype:i32 mapseqno:i32=1 mapdict:oid',
            'mapcfg maptokentype mapseqno', ('ts_config_map', 'mapcfg maptokentype mapseqno')),
    catalog('fdw', 'ForeignDataWrapper', 'oid:oid fdwname:text fdwhandler:oid fdwvalidator:oid', 'oid'),
    catalog('transform', 'Transform', 'oid:oid trftype:oid trflang:oid trffromsql:oid trftosql:oid', 'oid'),
    catalog('tablespace', 'Tablespace', 'oid:oid spcname:text', 'oid',
            ('tablespace_oid', 'oid'), ('tablespace_name', 'spcname')),
    catalog('role', 'Role',
            'oid:oid rolname:text rolsuper:bool rolinherit:bool=t rolcreaterole:bool rolcreatedb:bool '
            'rolcanlogin:bool rolreplication:bool rolbypassrls:bool member_of:oids', 'oid',
            ('role_oid', 'oid'), ('role_name', 'rolname')),
    catalog('keyword', 'Keyword', 'word:text catcode:char=U barelabel:bool=t', 'word', ('keyword_word', 'word')),
    catalog('setting', 'Setting',
            'name:text vartype:text context:text unit:text min_val:text max_val:text enumvals:texts boot_val:text '
            'list_input:bool list_quote:bool', 'name', ('setting_name', '~name')),
    catalog('condition', 'Condition', 'condname:text sqlstate:text', 'sqlstate condname',
            ('condition_name', 'condname sqlstate'), ('condition_sqlstate', 'sqlstate condname')),
)
# Kept as its file is, not as records: the definitions of the system's views, read when a query asks for one.
VIEWS = catalog('view', 'ViewDefinition', 'ev_class:oid definition:text', 'ev_class')
BY_NAME = {c.name: c for c in CATALOGS + (VIEWS,)}

# What an extension's file can hold, in the order of MemberCatalog.
MEMBER_CATALOGS = ('language', 'type', 'proc', 'aggregate', 'operator', 'cast', 'am', 'opfamily', 'opclass', 'amop',
                   'amproc', 'range', 'relation', 'attribute', 'ts_parser', 'ts_token_type', 'ts_template', 'ts_dict',
                   'ts_config', 'ts_config_map', 'fdw', 'transform')
