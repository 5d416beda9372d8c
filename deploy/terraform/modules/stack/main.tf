# All of Millrace on AWS: streams, lakes, leases, rights, the catalogue, and what carries events between them.

locals {
  keys     = var.kms_key_arn == "" ? [] : [var.kms_key_arn]
  ecs      = var.consumer == "ecs"
  buckets  = toset([for stream in values(var.streams) : stream.bucket])
  database = replace(var.name, "-", "_")
}

module "kinesis" {
  source = "../kinesis"

  streams    = { for name, stream in var.streams : name => { shards = stream.shards, retention_hours = stream.retention_hours } }
  kms_key_id = var.kms_key_arn == "" ? "alias/aws/kinesis" : var.kms_key_arn
}

module "lake" {
  source   = "../s3-raw"
  for_each = local.buckets

  bucket             = each.key
  kms_key_arn        = var.kms_key_arn
  archive_after_days = var.archive_after_days
  expire_after_days  = var.expire_after_days
  retention_hours    = max([for stream in values(var.streams) : stream.retention_hours if stream.bucket == each.key]...)
  force_destroy      = var.disposable
}

module "leases" {
  source = "../dynamodb-leases"

  application_name = var.name
  kms_key_arn      = var.kms_key_arn
  protect          = !var.disposable
}

module "iam" {
  source = "../iam"

  name             = var.name
  trusted_services = var.trusted_services
  stream_arns      = values(module.kinesis.arns)
  bucket_arns      = [for lake in module.lake : lake.arn]
  lease_table_arn  = module.leases.lease_table_arn
  lease_table_arns = module.leases.table_arns
  retrieval_mode   = lookup(var.settings, "RETRIEVAL_MODE", "polling")
  kms_key_arns     = local.keys

  object_tags        = lookup(var.settings, "OBJECT_TAGS", "") != ""
  cloudwatch_metrics = lookup(var.settings, "CLOUDWATCH_METRICS", "none") != "none"

  oidc_provider_arn    = var.oidc_provider_arn
  kubernetes_namespace = var.kubernetes_namespace
}

module "catalog" {
  source   = "../glue-catalog"
  for_each = local.buckets

  database = "${local.database}_${replace(replace(each.key, "-", "_"), ".", "_")}"
  bucket   = module.lake[each.key].bucket
  services = var.services
}

resource "aws_ecs_cluster" "this" {
  count = local.ecs ? 1 : 0

  name = var.name
}

resource "aws_iam_role" "execution" {
  count = local.ecs ? 1 : 0

  name = "${var.name}-execution"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# AWS's own policy for ECS itself: pulling the image, writing logs. The consumer's process does not have it.
resource "aws_iam_role_policy_attachment" "execution" {
  count = local.ecs ? 1 : 0

  role       = aws_iam_role.execution[0].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_security_group" "workers" {
  count = local.ecs ? 1 : 0

  name        = "${var.name}-workers"
  description = "Millrace consumers: out by TLS, in for their status"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "tls" {
  count = local.ecs ? 1 : 0

  security_group_id = aws_security_group.workers[0].id
  description       = "AWS's endpoints"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "status" {
  for_each = local.ecs ? toset(var.monitoring_cidrs) : toset([])

  security_group_id = aws_security_group.workers[0].id
  description       = "Status and metrics"
  cidr_ipv4         = each.key
  ip_protocol       = "tcp"
  from_port         = 8011
  to_port           = 8011
}

module "consumer" {
  source = "../ecs-consumer"
  count  = local.ecs ? 1 : 0

  name               = "${var.name}-worker"
  cluster_arn        = aws_ecs_cluster.this[0].arn
  image              = var.image
  subnet_ids         = var.subnet_ids
  security_group_ids = [aws_security_group.workers[0].id]
  task_role_arn      = module.iam.role_arns["consumer"]
  execution_role_arn = aws_iam_role.execution[0].arn
  streams            = { for name, stream in var.streams : name => module.lake[stream.bucket].bucket }
  application_name   = var.name
  environment        = var.settings
  steady_workers     = var.steady_workers
  burst_workers      = var.burst_workers
  cpu                = var.cpu
  memory             = var.memory

  depends_on = [module.leases]
}

module "lambda" {
  source   = "../lambda"
  for_each = local.ecs ? {} : var.streams

  name         = "${var.name}-${each.key}"
  jar          = var.lambda_jar
  stream_arn   = module.kinesis.arns[each.key]
  bucket       = module.lake[each.value.bucket].bucket
  bucket_arn   = module.lake[each.value.bucket].arn
  environment  = var.settings
  kms_key_arns = local.keys
}

output "stream_arns" {
  description = "The streams' ARNs, by name."
  value       = module.kinesis.arns
}

output "role_arns" {
  description = "Roles for the processes, by name."
  value       = module.iam.role_arns
}

output "tables" {
  description = "The Athena table of each bucket."
  value       = { for bucket, catalog in module.catalog : bucket => catalog.table }
}

output "workers" {
  description = "The ECS services of the consumer, or the functions."
  value       = local.ecs ? module.consumer[0].service_names : [for function in module.lambda : function.function_arn]
}
