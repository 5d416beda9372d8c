endpoint = "http://localhost:4566"
streams = {
  stage01-logs-stream    = { shards = 1 }
  stage01-metrics-stream = { shards = 1 }
}
buckets = ["md-raw-logs", "md-raw-metrics", "md-raw-apm"]
