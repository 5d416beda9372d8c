region     = "us-east-1"
lambda_jar = "../../../lambda-consumer/target/millrace-lambda-consumer.jar"

streams = {
  stage01-logs-stream    = { bucket = "example-dev-raw-logs" }
  stage01-metrics-stream = { bucket = "example-dev-raw-metrics" }
}
