package io.millrace.localaws.kinesis;

/**
 * What goes back to the client.
 *
 * @param status the HTTP status
 * @param errorType AWS's error code (for {@code x-amzn-ErrorType}), null on success
 * @param body encoded in the request's format; an error's body has {@code __type} and {@code message}
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the HTTP response, never compared
public record KinesisResponse(int status, String errorType, byte[] body) implements KinesisAnswer {}
