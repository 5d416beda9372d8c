package io.millrace.consumer.lease;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.kinesis.leases.MultiStreamLease;

/**
 * A lease as it stands in DynamoDB, with the names that KCL 3 gives its attributes (DynamoDBLeaseSerializer, not public).
 * Immutable.
 */
record LeaseItem(Map<String, AttributeValue> attributes) {

    static final String KEY = "leaseKey";
    static final String OWNER = "leaseOwner";
    static final String COUNTER = "leaseCounter";
    static final String CHECKPOINT = "checkpoint";
    static final String CHECKPOINT_SUB = "checkpointSubSequenceNumber";
    static final String PENDING = "pendingCheckpoint";
    static final String PENDING_SUB = "pendingCheckpointSubSequenceNumber";
    static final String PENDING_STATE = "pendingCheckpointState";
    /** While a lease is handed over in order: who still commits what it holds. */
    static final String CHECKPOINT_OWNER = "checkpointOwner";

    static final String STREAM = "streamName";
    static final String SHARD = "shardId";
    static final String OWNER_SWITCHES = "ownerSwitchesSinceCheckpoint";

    /** KCL may keep other things than leases in the table, and marks those. */
    private static final String ENTITY_TYPE = "entityType";

    private static final String LEASE = "LEASE";
    private static final String SHARD_END = "SHARD_END";

    LeaseItem {
        attributes = Map.copyOf(attributes);
    }

    boolean isLease() {
        return attributes.containsKey(CHECKPOINT)
                && text(ENTITY_TYPE).map(LEASE::equalsIgnoreCase).orElse(true);
    }

    /** Whether it is another thing that KCL keeps in the table, of that type. */
    boolean isOf(String entityType) {
        return text(ENTITY_TYPE).filter(entityType::equalsIgnoreCase).isPresent();
    }

    String key() {
        return attributes.get(KEY).s();
    }

    Optional<String> owner() {
        return text(OWNER);
    }

    long counter() {
        return Long.parseLong(attributes.get(COUNTER).n());
    }

    /** A sequence number, or one of KCL's sentinels. */
    String checkpoint() {
        return attributes.get(CHECKPOINT).s();
    }

    long subSequenceNumber() {
        AttributeValue sub = attributes.get(CHECKPOINT_SUB);
        return sub == null ? 0 : Long.parseLong(sub.n());
    }

    boolean hasPending() {
        return text(PENDING).filter(pending -> !pending.isEmpty()).isPresent();
    }

    /** A sequence number of the shard: up to which it is committed, or else a commit was begun. */
    Optional<String> sequenceNumber() {
        return committed().or(() -> text(PENDING).filter(LeaseItem::isNumber));
    }

    boolean isAtShardEnd() {
        return checkpoint().equals(SHARD_END);
    }

    /** The sequence number up to which the shard is committed, once something is. */
    Optional<String> committed() {
        return Optional.of(checkpoint()).filter(LeaseItem::isNumber);
    }

    /** Whether something of the shard was committed, or begun to be. */
    boolean hasBegun() {
        return isAtShardEnd() || committed().isPresent() || hasPending();
    }

    /** KCL's identity of the stream; a lease of an application of one stream does not name it. */
    Optional<String> stream() {
        return text(STREAM);
    }

    String shard() {
        return text(SHARD).orElseGet(this::key);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** This lease under the name that it has among those of several streams, held by another owner. */
    LeaseItem renamed(String stream, String shard, String owner) {
        Map<String, AttributeValue> renamed = new HashMap<>(attributes);
        renamed.put(KEY, AttributeValue.fromS(MultiStreamLease.getLeaseKey(stream, shard)));
        renamed.put(STREAM, AttributeValue.fromS(stream));
        renamed.put(SHARD, AttributeValue.fromS(shard));
        renamed.put(OWNER, AttributeValue.fromS(owner));
        renamed.put(COUNTER, AttributeValue.fromN(Long.toString(counter() + 1)));
        renamed.remove(CHECKPOINT_OWNER);
        return new LeaseItem(renamed);
    }

    /** This lease under its shard's name alone, held by nobody. */
    LeaseItem withoutStream() {
        Map<String, AttributeValue> plain = new HashMap<>(attributes);
        plain.put(KEY, AttributeValue.fromS(shard()));
        plain.remove(STREAM);
        plain.remove(SHARD);
        return new LeaseItem(plain).withoutOwner();
    }

    /** This lease, held by nobody. */
    LeaseItem withoutOwner() {
        Map<String, AttributeValue> free = new HashMap<>(attributes);
        free.remove(OWNER);
        free.remove(CHECKPOINT_OWNER);
        free.put(COUNTER, AttributeValue.fromN(Long.toString(counter() + 1)));
        return new LeaseItem(free);
    }

    /** A condition that holds as long as nobody has renewed, taken or committed the lease since it was read. */
    Condition unchanged() {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        StringBuilder expression = new StringBuilder();
        for (String name :
                new String[] {OWNER, COUNTER, CHECKPOINT, CHECKPOINT_SUB, PENDING, PENDING_SUB, PENDING_STATE}) {
            expression.append(expression.length() == 0 ? "" : " AND ");
            AttributeValue value = attributes.get(name);
            if (value == null) {
                expression.append("attribute_not_exists(").append(name).append(')');
            } else {
                expression.append(name).append(" = :").append(name);
                values.put(":" + name, value);
            }
        }
        return new Condition(expression.toString(), values);
    }

    /** In DynamoDB's words. */
    record Condition(String expression, Map<String, AttributeValue> values) {}
}
