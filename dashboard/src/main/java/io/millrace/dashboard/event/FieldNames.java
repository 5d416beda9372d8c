package io.millrace.dashboard.event;

/**
 * Where events name their service and hold their time, as the consumer that writes the lake was told.
 *
 * @param service a name or a dotted path (SERVICE_FIELD)
 * @param timestamp likewise (TIMESTAMP_FIELD)
 */
public record FieldNames(String service, String timestamp) {

    /** What a consumer reads that was told nothing. */
    public static final FieldNames STANDARD = new FieldNames("service", "timestamp");
}
