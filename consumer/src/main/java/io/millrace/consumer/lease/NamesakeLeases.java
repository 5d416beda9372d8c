package io.millrace.consumer.lease;

import static io.millrace.consumer.lease.Streams.join;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Takes the leases of processes with the same WORKER_ID before KCL starts, so that a restarted worker goes on at once and
 * does not wait until its own leases have expired. A process of that name that still runs loses them by the same rules as
 * to any other worker: the counter is raised, so it cannot commit any more.
 */
public final class NamesakeLeases {

    private static final Logger log = LoggerFactory.getLogger(NamesakeLeases.class);

    private final DynamoDbAsyncClient dynamo;
    private final LeaseTable table;

    public NamesakeLeases(DynamoDbAsyncClient dynamo, LeaseTable table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /**
     * Takes those that it finds. A lease that changes meanwhile is left alone: somebody is alive there.
     *
     * @return how many it took
     */
    public int take(WorkerName name) {
        List<LeaseItem> found = table.items()
                .filter(lease -> lease.owner().filter(name::isNamesake).isPresent())
                .toList();
        List<CompletableFuture<Boolean>> takes = new ArrayList<>();
        found.forEach(lease -> takes.add(take(lease, name)));
        int taken = 0;
        for (CompletableFuture<Boolean> take : takes) {
            taken += join(take) ? 1 : 0;
        }
        forget(found.stream()
                .map(lease -> lease.owner().orElseThrow())
                .distinct()
                .toList());
        if (taken > 0) {
            log.info("Took {} leases that an earlier process with WORKER_ID {} held", taken, name.workerId());
        }
        return taken;
    }

    private CompletableFuture<Boolean> take(LeaseItem lease, WorkerName name) {
        return dynamo.updateItem(update -> update.tableName(table.name())
                        .key(FirstStart.key(lease.key()))
                        .updateExpression("SET " + LeaseItem.OWNER + " = :me, " + LeaseItem.COUNTER + " = :next REMOVE "
                                + LeaseItem.CHECKPOINT_OWNER)
                        .conditionExpression(LeaseItem.OWNER + " = :owner AND " + LeaseItem.COUNTER + " = :counter")
                        .expressionAttributeValues(Map.of(
                                ":me", AttributeValue.fromS(name.owner()),
                                ":next", AttributeValue.fromN(Long.toString(lease.counter() + 1)),
                                ":owner", AttributeValue.fromS(lease.owner().orElseThrow()),
                                ":counter", AttributeValue.fromN(Long.toString(lease.counter())))))
                .handle((done, failure) -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause != null && !(cause instanceof ConditionalCheckFailedException)) {
                        throw new CompletionException(cause);
                    }
                    return cause == null;
                });
    }

    /** KCL's leader gives leases to a worker for seconds after its last sign of life: these are not to get any. */
    private void forget(List<String> owners) {
        for (String owner : owners) {
            try {
                table.heartbeats().forget(owner);
            } catch (RuntimeException e) {
                // It is a matter of seconds, and the table may not be there yet.
                log.debug("The worker {} was not taken off KCL's list", owner, e);
            }
        }
    }
}
