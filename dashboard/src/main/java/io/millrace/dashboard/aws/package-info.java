/** The AWS clients that the dashboard reads with, and whether their services answer. */
package io.millrace.dashboard.aws;
