package io.millrace.producer;

/**
 * What became of the events, counted since the producer started. In every snapshot {@code accepted = delivered +
 * rejected + expired + pending}.
 *
 * @param accepted taken by {@code send}, and found in the spill file at the start
 * @param delivered acknowledged by Kinesis
 * @param rejected refused by Kinesis for what they are
 * @param expired not delivered within {@code DELIVERY_TIMEOUT} or before the close
 * @param pending in the buffer, on their way, or in the spill file
 * @param spilled of {@code pending}, those in the spill file
 * @param dropped given to a disabled producer; not accepted
 */
public record Totals(
        long accepted, long delivered, long rejected, long expired, long pending, long spilled, long dropped) {}
