/** Who brings a stream into S3: Millrace and its contenders, each in a process of its own. */
package io.millrace.benchmarks.loader;
