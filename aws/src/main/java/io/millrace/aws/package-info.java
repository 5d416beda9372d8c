/**
 * How Millrace's processes reach AWS: endpoint, region and credentials of every client, the calls' deadlines, and what
 * the SDK's errors mean. Knows no other package of Millrace.
 */
package io.millrace.aws;
