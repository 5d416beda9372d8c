package io.millrace.localaws.kinesis;

/** What a client gets: one whole response, or events over minutes. */
public sealed interface KinesisAnswer permits KinesisResponse, Subscription {}
