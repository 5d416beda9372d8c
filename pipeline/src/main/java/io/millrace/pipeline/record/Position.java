package io.millrace.pipeline.record;

/**
 * Where a record stands in its shard: Kinesis's sequence number and, within a KPL aggregate, the sub-sequence number (0
 * where the record was alone).
 *
 * <p>Positions order numerically: sequence numbers are decimal strings of up to 129 digits, so a longer one without
 * leading zeros is the greater one.
 *
 * @param sequenceNumber Kinesis's decimal string, never one of KCL's sentinels such as {@code TRIM_HORIZON}
 * @param subSequenceNumber the place within the aggregate, from 0
 */
public record Position(String sequenceNumber, long subSequenceNumber) implements Comparable<Position> {

    public Position {
        if (!isNumber(sequenceNumber)) {
            throw noNumber(sequenceNumber);
        }
        if (subSequenceNumber < 0) {
            throw new IllegalArgumentException("a sub-sequence number is at least 0, not " + subSequenceNumber);
        }
    }

    @Override
    public int compareTo(Position other) {
        int length = Integer.compare(sequenceNumber.length(), other.sequenceNumber.length());
        int sequence = length != 0 ? length : sequenceNumber.compareTo(other.sequenceNumber);
        return sequence != 0 ? sequence : Long.compare(subSequenceNumber, other.subSequenceNumber);
    }

    public boolean isAfter(Position other) {
        return compareTo(other) > 0;
    }

    /** {@code 4959…:0}; {@link #parse} reads it back. */
    @Override
    public String toString() {
        return sequenceNumber + ":" + subSequenceNumber;
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException where the text is something else
     */
    public static Position parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a position is sequence:sub-sequence, not \"" + text + "\"");
        }
        String sequenceNumber = text.substring(0, colon);
        if (!sequenceNumber.chars().allMatch(Position::isDigit)) {
            throw noNumber(sequenceNumber);
        }
        return new Position(sequenceNumber, Long.parseLong(text.substring(colon + 1)));
    }

    private static IllegalArgumentException noNumber(String text) {
        return new IllegalArgumentException("a sequence number is decimal digits, not \"" + text + "\"");
    }

    /** Looks at both ends alone, which tells KCL's sentinels: it is asked for every record, and Kinesis sends digits. */
    private static boolean isNumber(String text) {
        int last = text.length() - 1;
        return last >= 0
                && isDigit(text.charAt(0))
                && isDigit(text.charAt(last))
                && (last == 0 || text.charAt(0) != '0');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
