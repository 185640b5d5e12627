-- Tables and views over what the function stores. Replace BUCKET, and "tomare/" where OutputPrefix is another.
-- A result's partition is the day of its drive; below it lies one folder a generation, which Athena reads through. With
-- ResultObjects=batch an object has several results (.ndjson.gz), and a repeated message a second row here, not in the view.

CREATE EXTERNAL TABLE results (
  drive struct<id:string, vehicle_id:string, driver_id:string,
    source:struct<bucket:string, key:string, etag:string, version:string, received:string>,
    fixes:int, start:string, `end`:string, distance_m:double, vehicle:string>,
  engine struct<version:string, generation:string, profile:string, settings:string>,
  exposure array<struct<rule:string, passed:int, complied:int, violated:int, undetermined:int, judged_m:double>>,
  findings array<struct<rule:string, verdict:string, start:string, `end`:string,
    place:struct<lat:double, lon:double>, road:struct<way:bigint, forward:boolean, name:string, node:bigint>,
    confidence:double, reasons:array<string>>>)
PARTITIONED BY (`date` string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/tomare/results/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2020-01-01,NOW+1DAYS',
  'storage.location.template' = 's3://BUCKET/tomare/results/date=${date}/');

CREATE EXTERNAL TABLE generations (
  generation string, since string, engine string, map string, profile string, settings string, options string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/tomare/generations/';

-- One result a drive: of the log as it was put last, that of the generation which came into use last.
CREATE OR REPLACE VIEW current_results AS
SELECT "date", drive, engine, exposure, findings
FROM (
  SELECT r."date", r.drive, r.engine, r.exposure, r.findings,
    row_number() OVER (
      PARTITION BY r."date", r.drive.source.bucket, r.drive.source.key
      ORDER BY r.drive.source.received DESC NULLS LAST, g.since DESC NULLS LAST, r.engine.generation
    ) AS place
  FROM results r
  LEFT JOIN (SELECT generation, max(since) AS since FROM generations GROUP BY generation) g
    ON g.generation = r.engine.generation
) ranked
WHERE place = 1;
