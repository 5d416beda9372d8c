/** The AWS clients, and what their errors mean to a reader of the dashboard. */
package io.millrace.dashboard.aws;
