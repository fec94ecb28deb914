// node judging.js FOLDER (units.csv, communes.csv, data.csv): the checks of judging/datapackage.json in DuckDB, two threads; {sort: faults} as JSON.
const { DuckDBInstance } = require('@duckdb/node-api');

const COLUMNS = `{'unit_code': 'VARCHAR', 'year': 'INTEGER', 'quarter': 'INTEGER', 'commune_code': 'VARCHAR', 'line_no': 'INTEGER',
  'household': 'VARCHAR', 'head_name': 'VARCHAR', 'total': 'INTEGER', 'female': 'INTEGER', 'rate': 'DECIMAL(6,2)', 'report_date': 'DATE',
  'category': 'VARCHAR'}`;
const FAULTS = {
  'unit-foreign': 'unit_code NOT IN (SELECT unit_code FROM units)',
  'year-range': 'year NOT BETWEEN 2010 AND 2030',
  'quarter-enum': 'quarter NOT IN (1, 2, 3, 4)',
  'commune-foreign': 'commune_code NOT IN (SELECT commune_code FROM communes)',
  'line-no-range': 'line_no NOT BETWEEN 1 AND 99999',
  'household-pattern': `NOT regexp_full_match(household, 'HH-[0-9]{7}')`,
  'name-required': 'head_name IS NULL',
  'name-long': 'length(head_name) > 60',
  'total-range': 'total NOT BETWEEN 0 AND 1000000',
  'female-range': 'female NOT BETWEEN 0 AND 1000000',
  'female-rule': 'female > total',
  'rate-range': 'rate NOT BETWEEN 0 AND 100',
  'category-enum': `category NOT IN ('SINH', 'TU', 'KETHON', 'LYHON', 'DI', 'DEN', 'KHAISINH', 'KHAC')`,
};
const TYPES = { year: 'year-type', line_no: 'line-no-type', rate: 'rate-type', report_date: 'date-type' };

async function main(folder) {
  const db = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  const ask = async (sql) => (await db.runAndReadAll(sql)).getRows();
  for (const name of ['units', 'communes'])
    await ask(`CREATE TABLE ${name} AS SELECT * FROM read_csv('${folder}/${name}.csv', header = true, all_varchar = true)`);
  await ask(`CREATE TABLE data AS SELECT * FROM read_csv('${folder}/data.csv', header = true, columns = ${COLUMNS}, dateformat = '%Y-%m-%d',
    store_rejects = true, rejects_limit = 0, auto_detect = false, delim = ',', quote = '"', escape = '"', new_line = '\\n')`);
  const found = {};
  for (const [column, count] of await ask('SELECT column_name, count(*) FROM reject_errors GROUP BY ALL'))
    found[TYPES[column] ?? column] = Number(count);
  const names = Object.keys(FAULTS);
  const [counts] = await ask(`SELECT ${names.map((n) => `count(*) FILTER (${FAULTS[n]})`).join(', ')} FROM data`);
  names.forEach((name, i) => { found[name] = Number(counts[i]); });
  const [[twice]] = await ask(`SELECT sum(n - 1) FROM
    (SELECT count(*) AS n FROM data GROUP BY unit_code, report_date, line_no HAVING n > 1)`);
  found['key-twice'] = Number(twice);
  console.log(JSON.stringify(found));
}

main(process.argv[2]);
