package io.millrace.lakecheck;

/**
 * One event of the file and where it must come to lie.
 *
 * @param line the file's line, from 1
 * @param bytes the event as it stands in the file; never changed
 * @param service its service, the partition key it is sent under
 * @param prefix the service-hour's prefix in the bucket, ending in a slash
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are the point, and are compared by their digest
record ExpectedEvent(long line, byte[] bytes, String service, String prefix) {}
