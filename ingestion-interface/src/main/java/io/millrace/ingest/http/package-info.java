/** What the server answers, endpoint by endpoint. */
package io.millrace.ingest.http;
