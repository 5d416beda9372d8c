# A role for each process, with a policy for what it really calls: policies/*.json.tftpl, most of which a test compares with
# the calls of a run.

variable "name" {
  description = "What the roles' names begin with."
  type        = string
}

variable "trusted_services" {
  description = "The AWS services that may take on the roles: ecs-tasks.amazonaws.com for ECS, pods.eks.amazonaws.com for EKS Pod Identity."
  type        = list(string)
  default     = ["ecs-tasks.amazonaws.com"]
}

variable "stream_arns" {
  description = "The streams that are written and read."
  type        = list(string)
}

variable "bucket_arns" {
  description = "The buckets that the streams' events go to."
  type        = list(string)
}

variable "lease_table_arn" {
  description = "The consumer's lease table."
  type        = string
}

variable "lease_table_arns" {
  description = "That table and the others that KCL keeps."
  type        = list(string)
}

variable "retrieval_mode" {
  description = "The consumer's RETRIEVAL_MODE: polling or fanout."
  type        = string
  default     = "polling"

  validation {
    condition     = contains(["polling", "fanout"], var.retrieval_mode)
    error_message = "retrieval_mode is polling or fanout."
  }
}

variable "oidc_provider_arn" {
  description = "The IAM OIDC provider of an EKS cluster whose service accounts may take on the roles (IRSA); empty: none."
  type        = string
  default     = ""
}

variable "kubernetes_namespace" {
  description = "With oidc_provider_arn: the namespace of deploy/kubernetes."
  type        = string
  default     = "millrace"
}

variable "object_tags" {
  description = "Whether the consumer's OBJECT_TAGS is set."
  type        = bool
  default     = false
}

variable "cloudwatch_metrics" {
  description = "Whether the consumer's CLOUDWATCH_METRICS is summary or detailed."
  type        = bool
  default     = false
}

variable "kms_key_arns" {
  description = "The customer-managed keys that streams, buckets and tables are encrypted with; none where AWS's own are used."
  type        = list(string)
  default     = []
}

locals {
  folders = { for folder in ["service=*", "_dead-letter/*", "_redrive/*"] : folder => [for arn in var.bucket_arns : "${arn}/${folder}"] }
  arns = {
    streams                = jsonencode(var.stream_arns)
    streams_and_consumers  = jsonencode(concat(var.stream_arns, [for arn in var.stream_arns : "${arn}/consumer/*"]))
    buckets                = jsonencode(var.bucket_arns)
    objects                = jsonencode([for arn in var.bucket_arns : "${arn}/*"])
    written                = jsonencode(concat(local.folders["service=*"], local.folders["_dead-letter/*"]))
    dead_letters_and_notes = jsonencode(concat(local.folders["_dead-letter/*"], local.folders["_redrive/*"]))
    notes                  = jsonencode(local.folders["_redrive/*"])
    lease_table            = jsonencode(var.lease_table_arn)
    tables                 = jsonencode(var.lease_table_arns)
    indexes                = jsonencode("${var.lease_table_arn}/index/LeaseOwnerToLeaseKeyIndex")
    keys                   = jsonencode(var.kms_key_arns)
    # KCL's metrics have the application's name as their namespace; the lease table's ends with -leases.
    metrics_namespace = jsonencode(trimsuffix(reverse(split("/", var.lease_table_arn))[0], "-leases"))
  }
  # Each role's policies.
  policies = {
    consumer = concat(
      ["consumer"],
      var.retrieval_mode == "fanout" ? ["consumer-fanout"] : [],
      var.object_tags ? ["consumer-tags"] : [],
      var.cloudwatch_metrics ? ["consumer-metrics"] : [],
    )
    ingestion = ["producer"]
    dashboard = ["dashboard"]
    redrive   = ["redrive"]
  }
  # The service accounts of deploy/kubernetes that take them on.
  service_accounts = { consumer = "consumer", ingestion = "ingestion-interface", dashboard = "dashboard" }
  issuer           = replace(var.oidc_provider_arn, "/^.*:oidc-provider\\//", "")
  attached         = merge([for role, names in local.policies : { for name in names : "${role}/${name}" => { role = role, name = name } }]...)
}

resource "aws_iam_role" "this" {
  for_each = local.policies

  name = "${var.name}-${each.key}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Effect    = "Allow"
        Principal = { Service = var.trusted_services }
        Action    = contains(var.trusted_services, "pods.eks.amazonaws.com") ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
      }],
      # One service account alone, not whoever has a token of the cluster.
      [for account in compact([lookup(local.service_accounts, each.key, "")]) : {
        Effect    = "Allow"
        Principal = { Federated = var.oidc_provider_arn }
        Action    = ["sts:AssumeRoleWithWebIdentity"]
        Condition = {
          StringEquals = {
            "${local.issuer}:aud" = "sts.amazonaws.com"
            "${local.issuer}:sub" = "system:serviceaccount:${var.kubernetes_namespace}:${account}"
          }
        }
      } if var.oidc_provider_arn != ""],
    )
  })
}

resource "aws_iam_role_policy" "this" {
  for_each = local.attached

  name   = each.value.name
  role   = aws_iam_role.this[each.value.role].id
  policy = templatefile("${path.module}/policies/${each.value.name}.json.tftpl", local.arns)
}

resource "aws_iam_role_policy" "kms" {
  for_each = length(var.kms_key_arns) == 0 ? {} : local.policies

  name   = "kms"
  role   = aws_iam_role.this[each.key].id
  policy = templatefile("${path.module}/policies/kms.json.tftpl", local.arns)
}

output "role_arns" {
  description = "The roles by process: consumer, ingestion, dashboard, redrive."
  value       = { for name, role in aws_iam_role.this : name => role.arn }
}
