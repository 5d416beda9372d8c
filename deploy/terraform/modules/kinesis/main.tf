# The streams that services write to.

variable "streams" {
  description = "Streams by name. shards = 0: on demand, AWS sets their number."
  type = map(object({
    shards          = optional(number, 1)
    retention_hours = optional(number, 24)
  }))

  validation {
    condition     = alltrue([for s in values(var.streams) : s.retention_hours >= 24 && s.retention_hours <= 8760])
    error_message = "Kinesis keeps records for 24 to 8760 hours."
  }
}

variable "kms_key_id" {
  description = "The key that records are encrypted with at rest; alias/aws/kinesis is AWS's own and free of charge. Empty: not encrypted, for stand-ins of AWS that lack it."
  type        = string
  default     = "alias/aws/kinesis"
}

resource "aws_kinesis_stream" "this" {
  for_each = var.streams

  name             = each.key
  shard_count      = each.value.shards == 0 ? null : each.value.shards
  retention_period = each.value.retention_hours
  encryption_type  = var.kms_key_id == "" ? "NONE" : "KMS"
  kms_key_id       = var.kms_key_id == "" ? null : var.kms_key_id

  stream_mode_details {
    stream_mode = each.value.shards == 0 ? "ON_DEMAND" : "PROVISIONED"
  }

  # Reshards by hand or by a scaler are not undone by the next apply.
  lifecycle {
    ignore_changes = [shard_count]
  }
}

output "arns" {
  description = "Each stream's ARN, by name."
  value       = { for name, stream in aws_kinesis_stream.this : name => stream.arn }
}
