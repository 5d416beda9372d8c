/** The consumer's pipeline behind an AWS Lambda handler, for streams too small to keep a process running for. */
package io.millrace.lambda;
