# A bucket that holds one lake: encrypted, private, TLS only.

variable "bucket" {
  description = "The bucket's name."
  type        = string
}

variable "kms_key_arn" {
  description = "The KMS key that objects are encrypted with; empty: S3's own keys (SSE-S3)."
  type        = string
  default     = ""
}

variable "dead_letter_days" {
  description = "How long dead letters are kept; they must be redriven before."
  type        = number
  default     = 90
}

variable "archive_after_days" {
  description = "After how many days events move to Glacier Instant Retrieval; 0: never."
  type        = number
  default     = 0
}

variable "expire_after_days" {
  description = "After how many days events are deleted; 0: never. Longer than the streams' retention and an hour."
  type        = number
  default     = 0
}

variable "retention_hours" {
  description = "The longest retention of the streams that are written here. No object younger than this and an hour (the longest pause of a worker) may be deleted: a commit that is finished late would write it again."
  type        = number
  default     = 24
}

variable "force_destroy" {
  description = "Whether terraform destroy may delete a bucket that holds objects."
  type        = bool
  default     = false
}

resource "aws_s3_bucket" "this" {
  bucket        = var.bucket
  force_destroy = var.force_destroy
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = var.kms_key_arn != ""

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == "" ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn == "" ? null : var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_policy" "tls_only" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyWithoutTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  lifecycle {
    precondition {
      condition     = var.expire_after_days == 0 || var.expire_after_days * 24 >= var.retention_hours + 1
      error_message = "expire_after_days is 0, or longer than the streams' retention of ${var.retention_hours} hours by an hour: younger objects may be written again."
    }

    precondition {
      condition     = var.dead_letter_days * 24 >= var.retention_hours + 1
      error_message = "dead_letter_days is longer than the streams' retention of ${var.retention_hours} hours by an hour: younger objects may be written again."
    }
  }

  rule {
    id     = "dead-letters"
    status = "Enabled"

    filter {
      prefix = "_dead-letter/"
    }

    expiration {
      days = var.dead_letter_days
    }
  }

  dynamic "rule" {
    for_each = var.archive_after_days > 0 || var.expire_after_days > 0 ? [1] : []

    content {
      id     = "events"
      status = "Enabled"

      filter {
        prefix = "service="
      }

      dynamic "transition" {
        for_each = var.archive_after_days > 0 ? [1] : []

        content {
          days          = var.archive_after_days
          storage_class = "GLACIER_IR"
        }
      }

      dynamic "expiration" {
        for_each = var.expire_after_days > 0 ? [1] : []

        content {
          days = var.expire_after_days
        }
      }
    }
  }
}

output "bucket" {
  description = "The bucket's name."
  value       = aws_s3_bucket.this.id
}

output "arn" {
  description = "The bucket's ARN."
  value       = aws_s3_bucket.this.arn
}
