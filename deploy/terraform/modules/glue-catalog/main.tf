# The lake as a table for Athena, Spark and Redshift Spectrum. Partition projection computes the partitions from the key
# layout, so nothing has to be crawled or added when a new hour or service appears.

variable "database" {
  description = "The Glue database to make."
  type        = string
}

variable "table" {
  description = "The table's name."
  type        = string
  default     = "logs"
}

variable "bucket" {
  description = "The lake's bucket."
  type        = string
}

variable "services" {
  description = "The names of all services, escaped as in the keys. Given, a query may leave the service open; empty, every query must say service = '…' (projection type injected), and new services need no change here."
  type        = list(string)
  default     = []
}

variable "years" {
  description = "The first and last year that queries look at."
  type        = object({ first = number, last = number })
  default     = { first = 2024, last = 2035 }
}

variable "columns" {
  description = "The events' fields, by name, with their Hive types. What is not named here is not lost, only not a column; service is a partition."
  type        = map(string)
  default = {
    timestamp     = "string"
    level         = "string"
    message       = "string"
    trace_id      = "string"
    source        = "string"
    log_type      = "string"
    anomaly_score = "double"
    request_id    = "string"
    user_id       = "string"
  }
}

locals {
  service_projection = length(var.services) == 0 ? { "projection.service.type" = "injected" } : {
    "projection.service.type"   = "enum"
    "projection.service.values" = join(",", var.services)
  }
}

resource "aws_glue_catalog_database" "this" {
  name = var.database
}

resource "aws_glue_catalog_table" "events" {
  name          = var.table
  database_name = aws_glue_catalog_database.this.name
  table_type    = "EXTERNAL_TABLE"

  parameters = merge(local.service_projection, {
    "EXTERNAL"                  = "TRUE"
    "classification"            = "json"
    "projection.enabled"        = "true"
    "projection.year.type"      = "integer"
    "projection.year.range"     = "${var.years.first},${var.years.last}"
    "projection.year.digits"    = "4"
    "projection.month.type"     = "integer"
    "projection.month.range"    = "1,12"
    "projection.month.digits"   = "2"
    "projection.day.type"       = "integer"
    "projection.day.range"      = "1,31"
    "projection.day.digits"     = "2"
    "projection.hour.type"      = "integer"
    "projection.hour.range"     = "0,23"
    "projection.hour.digits"    = "2"
    "storage.location.template" = "s3://${var.bucket}/service=$${service}/year=$${year}/month=$${month}/day=$${day}/hour=$${hour}"
  })

  dynamic "partition_keys" {
    for_each = ["service", "year", "month", "day", "hour"]

    content {
      name = partition_keys.value
      type = "string"
    }
  }

  storage_descriptor {
    location      = "s3://${var.bucket}/"
    input_format  = "org.apache.hadoop.mapred.TextInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"

    ser_de_info {
      serialization_library = "org.openx.data.jsonserde.JsonSerDe"
    }

    dynamic "columns" {
      for_each = var.columns

      content {
        name = columns.key
        type = columns.value
      }
    }
  }
}

output "table" {
  description = "DATABASE.TABLE, as queries name it."
  value       = "${aws_glue_catalog_database.this.name}.${aws_glue_catalog_table.events.name}"
}
