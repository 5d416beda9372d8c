# The consumer on ECS Fargate: steady workers, each a service of its own with a WORKER_ID that stays, and a service of
# burst workers that grows with the stream's iterator age and goes again.

variable "name" {
  description = "What the services' names begin with."
  type        = string
}

variable "cluster_arn" {
  description = "The ECS cluster."
  type        = string
}

variable "image" {
  description = "The consumer's image, with a tag or digest that never moves."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets, with a way to Kinesis, DynamoDB and S3: VPC endpoints, or a NAT gateway."
  type        = list(string)
}

variable "security_group_ids" {
  description = "Outgoing: 443. Incoming: 8011 from the dashboard and Prometheus."
  type        = list(string)
}

variable "task_role_arn" {
  description = "The consumer's role, from module iam."
  type        = string
}

variable "execution_role_arn" {
  description = "The role that ECS pulls the image and writes logs with."
  type        = string
}

variable "streams" {
  description = "Each stream's bucket."
  type        = map(string)
}

variable "application_name" {
  description = "APPLICATION_NAME: what the lease table is named after."
  type        = string
}

variable "environment" {
  description = "Further settings of the consumer, by their names in the README."
  type        = map(string)
  default     = {}
}

variable "steady_workers" {
  description = "How many workers always run."
  type        = number
  default     = 2
}

variable "burst_workers" {
  description = "How many more may run while the stream is behind. More workers than shards do nothing."
  type        = number
  default     = 2
}

variable "iterator_age_seconds" {
  description = "How far behind the stream may be before a burst worker is added; four times as far, all of them are."
  type        = number
  default     = 120
}

variable "cpu" {
  description = "Fargate CPU units of a worker; 1024 are one vCPU."
  type        = number
  default     = 512
}

variable "memory" {
  description = "Memory of a worker in MiB."
  type        = number
  default     = 1024
}

variable "shutdown_timeout_seconds" {
  description = "SHUTDOWN_TIMEOUT. ECS waits 15 s longer before it kills; Fargate allows 120 s in all."
  type        = number
  default     = 60

  validation {
    condition     = var.shutdown_timeout_seconds >= 10 && var.shutdown_timeout_seconds <= 105
    error_message = "shutdown_timeout_seconds is 10 to 105, since Fargate's stop time-out is 120 s at most."
  }
}

variable "log_retention_days" {
  description = "How long CloudWatch keeps the consumer's log."
  type        = number
  default     = 30
}

data "aws_region" "current" {}

locals {
  workers = toset([for i in range(var.steady_workers) : tostring(i)])
  # The burst workers' ids are their hosts' names, which nobody shares; their leases go to others when they go.
  tasks = merge({ for i in local.workers : i => { WORKER_ID = "${var.name}-${i}" } }, { burst = {} })
  environment = merge(var.environment, {
    STREAMS          = join(",", [for stream, bucket in var.streams : "${stream}:${bucket}"])
    APPLICATION_NAME = var.application_name
    AWS_REGION       = data.aws_region.current.name
    SHUTDOWN_TIMEOUT = tostring(var.shutdown_timeout_seconds)
    STATUS_HOST      = "0.0.0.0"
    STATUS_PORT      = "8011"
    LOG_FORMAT       = "json"
  })
  age_metric = lookup(var.environment, "RETRIEVAL_MODE", "polling") == "fanout" ? "SubscribeToShardEvent.MillisBehindLatest" : "GetRecords.IteratorAgeMilliseconds"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_ecs_task_definition" "this" {
  for_each = local.tasks

  family                   = "${var.name}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.cpu
  memory                   = var.memory
  task_role_arn            = var.task_role_arn
  execution_role_arn       = var.execution_role_arn

  # The root file system is read-only; the compression library unpacks itself here. Fargate takes the mode from the image, which
  # declares /tmp as a volume that everyone may write to.
  volume {
    name = "tmp"
  }

  container_definitions = jsonencode([{
    name                   = "consumer"
    image                  = var.image
    essential              = true
    user                   = "10001:10001"
    readonlyRootFilesystem = true
    stopTimeout            = var.shutdown_timeout_seconds + 15
    linuxParameters        = { capabilities = { drop = ["ALL"] }, initProcessEnabled = false }
    portMappings           = [{ containerPort = 8011, protocol = "tcp" }]
    mountPoints            = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
    environment            = [for key, value in merge(local.environment, each.value) : { name = key, value = value }]
    healthCheck = {
      command     = ["CMD", "/opt/millrace/healthy", "STATUS_PORT", "8011", "/health"]
      interval    = 10
      timeout     = 5
      retries     = 6
      startPeriod = 120
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.this.name
        "awslogs-region"        = data.aws_region.current.name
        "awslogs-stream-prefix" = each.key
      }
    }
  }])
}

# One task each, and the old one ends before the new one starts: two workers never have one id.
resource "aws_ecs_service" "steady" {
  for_each = local.workers

  name                               = "${var.name}-${each.key}"
  cluster                            = var.cluster_arn
  task_definition                    = aws_ecs_task_definition.this[each.key].arn
  launch_type                        = "FARGATE"
  desired_count                      = 1
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = var.security_group_ids
  }
}

resource "aws_ecs_service" "burst" {
  name            = "${var.name}-burst"
  cluster         = var.cluster_arn
  task_definition = aws_ecs_task_definition.this["burst"].arn
  launch_type     = "FARGATE"
  desired_count   = 0

  network_configuration {
    subnets         = var.subnet_ids
    security_groups = var.security_group_ids
  }

  # Application Auto Scaling sets it.
  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "burst" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${element(split("/", var.cluster_arn), 1)}/${aws_ecs_service.burst.name}"
  min_capacity       = 0
  max_capacity       = var.burst_workers
}

resource "aws_appautoscaling_policy" "more" {
  name               = "${var.name}-behind"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.burst.service_namespace
  scalable_dimension = aws_appautoscaling_target.burst.scalable_dimension
  resource_id        = aws_appautoscaling_target.burst.resource_id

  step_scaling_policy_configuration {
    adjustment_type         = "ExactCapacity"
    metric_aggregation_type = "Maximum"
    cooldown                = 60

    # Counted from the alarm's threshold.
    step_adjustment {
      metric_interval_lower_bound = 0
      metric_interval_upper_bound = 3000 * var.iterator_age_seconds
      scaling_adjustment          = min(1, var.burst_workers)
    }

    step_adjustment {
      metric_interval_lower_bound = 3000 * var.iterator_age_seconds
      scaling_adjustment          = var.burst_workers
    }
  }
}

resource "aws_appautoscaling_policy" "none" {
  name               = "${var.name}-caught-up"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.burst.service_namespace
  scalable_dimension = aws_appautoscaling_target.burst.scalable_dimension
  resource_id        = aws_appautoscaling_target.burst.resource_id

  step_scaling_policy_configuration {
    adjustment_type         = "ExactCapacity"
    metric_aggregation_type = "Maximum"
    cooldown                = 600

    step_adjustment {
      metric_interval_upper_bound = 0
      scaling_adjustment          = 0
    }
  }
}

# The oldest of all streams decides.
resource "aws_cloudwatch_metric_alarm" "behind" {
  alarm_name          = "${var.name}-behind"
  alarm_description   = "The consumer is behind: see docs/operations.md, Lag."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1000 * var.iterator_age_seconds
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.more.arn]

  metric_query {
    id          = "oldest"
    expression  = "MAX(METRICS())"
    label       = "iterator age"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { for i, stream in keys(var.streams) : "m${i}" => stream }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/Kinesis"
        metric_name = local.age_metric
        period      = 60
        stat        = "Maximum"
        dimensions  = local.age_metric == "GetRecords.IteratorAgeMilliseconds" ? { StreamName = metric_query.value } : { StreamName = metric_query.value, ConsumerName = var.application_name }
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "caught_up" {
  alarm_name          = "${var.name}-caught-up"
  alarm_description   = "The consumer is up with the stream for half an hour: burst workers may go."
  comparison_operator = "LessThanThreshold"
  threshold           = 1000 * var.iterator_age_seconds / 4
  evaluation_periods  = 30
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.none.arn]

  metric_query {
    id          = "oldest"
    expression  = "MAX(METRICS())"
    label       = "iterator age"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { for i, stream in keys(var.streams) : "m${i}" => stream }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/Kinesis"
        metric_name = local.age_metric
        period      = 60
        stat        = "Maximum"
        dimensions  = local.age_metric == "GetRecords.IteratorAgeMilliseconds" ? { StreamName = metric_query.value } : { StreamName = metric_query.value, ConsumerName = var.application_name }
      }
    }
  }
}

output "service_names" {
  description = "All services of the consumer."
  value       = concat([for service in aws_ecs_service.steady : service.name], [aws_ecs_service.burst.name])
}
