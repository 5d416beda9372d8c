package io.millrace.consumer.lease;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What stays in a lease table when its leases move to another one. A worker that still reads the first table, or starts on
 * it, must not begin anew: it would write everything a second time. Two things stop it:
 *
 * <ul>
 *   <li>A lease that was moved stays, and gets a pending commit that no version reads. So KCL finds a lease for each shard
 *       and makes none, and whoever is given it reads nothing.
 *   <li>Each stream has a guard, whether it has leases or not. It looks like a lease to KCL, so that the table never counts
 *       as fresh.
 * </ul>
 *
 * Both hold a text in {@code millraceFirstStartMillis}. A version that starts reads this of every lease as a number, so it
 * waits and says so.
 *
 * @param table where they stay
 * @param successor where the leases are now
 */
record LeftBehind(String table, String successor) {

    /** Names the table that a lease was moved to. */
    private static final String MOVED_TO = "millraceMovedTo";

    private static final String GUARD = "moved:";

    /** Holds as long as an item is one of these. */
    static final String IS_MARKED = "attribute_exists(" + MOVED_TO + ")";

    /** Whether nothing may be read under this lease, because it was moved. True for guards, too. */
    static boolean is(LeaseItem lease) {
        return lease.attributes().containsKey(MOVED_TO) || isGuard(lease);
    }

    static boolean isGuard(LeaseItem lease) {
        return lease.key().startsWith(GUARD);
    }

    /** What the guard of a stream is called, given KCL's identity of the stream. */
    static String guardKey(String identity) {
        return GUARD + identity;
    }

    /** Puts a mark in the place of a lease, if that is still as it was read. */
    TransactWriteItem instead(LeaseItem lease) {
        Map<String, AttributeValue> left = new HashMap<>(lease.withoutOwner().attributes());
        left.putAll(unreadable(lease.checkpoint()));
        LeaseItem.Condition unchanged = lease.unchanged();
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(left)
                        .conditionExpression(unchanged.expression())
                        .expressionAttributeValues(unchanged.values()))
                .build();
    }

    /** The guard of a stream. */
    Map<String, AttributeValue> guard(String identity) {
        Map<String, AttributeValue> guard = new HashMap<>(Map.of(
                LeaseItem.KEY, AttributeValue.fromS(guardKey(identity)),
                LeaseItem.STREAM, AttributeValue.fromS(identity),
                LeaseItem.SHARD, AttributeValue.fromS("moved"),
                LeaseItem.COUNTER, AttributeValue.fromN("0"),
                LeaseItem.OWNER_SWITCHES, AttributeValue.fromN("0"),
                LeaseItem.CHECKPOINT, AttributeValue.fromS("TRIM_HORIZON"),
                LeaseItem.CHECKPOINT_SUB, AttributeValue.fromN("0")));
        guard.putAll(unreadable("TRIM_HORIZON"));
        return guard;
    }

    /** Takes the guard of a stream away. */
    TransactWriteItem noGuard(String identity) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table).key(FirstStart.key(guardKey(identity))))
                .build();
    }

    /** Nothing is done where the guard of a stream is not there. */
    TransactWriteItem onlyIfGuarded(String identity) {
        return TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(table)
                        .key(FirstStart.key(guardKey(identity)))
                        .conditionExpression(IS_MARKED))
                .build();
    }

    /** A pending commit of an unknown version, and a time that is no number. */
    private Map<String, AttributeValue> unreadable(String checkpoint) {
        String state = "1:0 {\"v\":\"of the table " + successor + "\"}";
        return Map.of(
                MOVED_TO,
                AttributeValue.fromS(successor),
                LeaseItem.PENDING,
                AttributeValue.fromS(checkpoint),
                LeaseItem.PENDING_SUB,
                AttributeValue.fromN("0"),
                LeaseItem.PENDING_STATE,
                AttributeValue.fromB(SdkBytes.fromString(state, StandardCharsets.UTF_8)),
                FirstStart.ATTRIBUTE,
                AttributeValue.fromS("moved to the table " + successor));
    }
}
