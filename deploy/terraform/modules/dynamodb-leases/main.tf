# The consumer's lease table, the two tables that KCL keeps beside it, and the lease table of earlier versions. The consumer
# would make them itself; made here, it needs no right to, and they are encrypted and can be recovered.

variable "application_name" {
  description = "The consumer's APPLICATION_NAME; the lease table is <application_name>-leases."
  type        = string
}

variable "kms_key_arn" {
  description = "The KMS key that leases are encrypted with; empty: DynamoDB's own."
  type        = string
  default     = ""
}

variable "protect" {
  description = "Point-in-time recovery, and no deletion of the lease table: it holds every shard's position."
  type        = bool
  default     = true
}

locals {
  # Names and keys as KCL has them.
  others = {
    "${var.application_name}-leases-CoordinatorState"  = "key"
    "${var.application_name}-leases-WorkerMetricStats" = "wid"
    # Earlier versions' own: workers of such a version need them while they are replaced, and after a roll-back.
    "${var.application_name}-CoordinatorState"  = "key"
    "${var.application_name}-WorkerMetricStats" = "wid"
  }
}

# Earlier versions had their leases here. The consumer moves them out at its first start, and keeps a note here that stops
# an earlier version from beginning anew.
resource "aws_dynamodb_table" "former" {
  name                        = var.application_name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "leaseKey"
  deletion_protection_enabled = var.protect

  attribute {
    name = "leaseKey"
    type = "S"
  }

  attribute {
    name = "leaseOwner"
    type = "S"
  }

  global_secondary_index {
    name            = "LeaseOwnerToLeaseKeyIndex"
    hash_key        = "leaseOwner"
    range_key       = "leaseKey"
    projection_type = "KEYS_ONLY"
  }

  server_side_encryption {
    enabled     = var.kms_key_arn != ""
    kms_key_arn = var.kms_key_arn == "" ? null : var.kms_key_arn
  }

  point_in_time_recovery {
    enabled = var.protect
  }
}

# The table that is there keeps its leases; the new one is made beside it.
moved {
  from = aws_dynamodb_table.leases
  to   = aws_dynamodb_table.former
}

resource "aws_dynamodb_table" "current" {
  name                        = "${var.application_name}-leases"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "leaseKey"
  deletion_protection_enabled = var.protect

  attribute {
    name = "leaseKey"
    type = "S"
  }

  attribute {
    name = "leaseOwner"
    type = "S"
  }

  global_secondary_index {
    name            = "LeaseOwnerToLeaseKeyIndex"
    hash_key        = "leaseOwner"
    range_key       = "leaseKey"
    projection_type = "KEYS_ONLY"
  }

  server_side_encryption {
    enabled     = var.kms_key_arn != ""
    kms_key_arn = var.kms_key_arn == "" ? null : var.kms_key_arn
  }

  point_in_time_recovery {
    enabled = var.protect
  }
}

resource "aws_dynamodb_table" "other" {
  for_each = local.others

  name         = each.key
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = each.value

  attribute {
    name = each.value
    type = "S"
  }

  server_side_encryption {
    enabled     = var.kms_key_arn != ""
    kms_key_arn = var.kms_key_arn == "" ? null : var.kms_key_arn
  }
}

output "lease_table_arn" {
  description = "The lease table, which the dashboard reads too."
  value       = aws_dynamodb_table.current.arn
}

output "table_arns" {
  description = "All tables that the consumer uses."
  value       = concat([aws_dynamodb_table.current.arn, aws_dynamodb_table.former.arn], [for table in aws_dynamodb_table.other : table.arn])
}
