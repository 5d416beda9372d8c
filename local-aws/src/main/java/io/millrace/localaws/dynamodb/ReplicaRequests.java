package io.millrace.localaws.dynamodb;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.model.BatchGetItemRequest;
import com.amazonaws.services.dynamodbv2.model.BatchGetItemResult;
import com.amazonaws.services.dynamodbv2.model.BatchWriteItemRequest;
import com.amazonaws.services.dynamodbv2.model.BatchWriteItemResult;
import com.amazonaws.services.dynamodbv2.model.DeleteItemRequest;
import com.amazonaws.services.dynamodbv2.model.DeleteItemResult;
import com.amazonaws.services.dynamodbv2.model.DescribeTableRequest;
import com.amazonaws.services.dynamodbv2.model.GetItemRequest;
import com.amazonaws.services.dynamodbv2.model.GetItemResult;
import com.amazonaws.services.dynamodbv2.model.KeySchemaElement;
import com.amazonaws.services.dynamodbv2.model.KeysAndAttributes;
import com.amazonaws.services.dynamodbv2.model.PutItemRequest;
import com.amazonaws.services.dynamodbv2.model.PutItemResult;
import com.amazonaws.services.dynamodbv2.model.QueryRequest;
import com.amazonaws.services.dynamodbv2.model.QueryResult;
import com.amazonaws.services.dynamodbv2.model.ScanRequest;
import com.amazonaws.services.dynamodbv2.model.ScanResult;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItem;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsRequest;
import com.amazonaws.services.dynamodbv2.model.TransactWriteItemsResult;
import com.amazonaws.services.dynamodbv2.model.UpdateItemRequest;
import com.amazonaws.services.dynamodbv2.model.UpdateItemResult;
import com.amazonaws.services.dynamodbv2.model.WriteRequest;
import io.millrace.localaws.dynamodb.ItemHistory.Place;
import io.millrace.localaws.fault.Effect;
import io.millrace.localaws.fault.Faults;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * DynamoDBLocal with a replica that lags, where a fault says so. DynamoDBLocal itself has one copy of an item and always
 * answers from it, so that whoever forgets to ask for consistency never finds out.
 *
 * <p>While there is such a fault, each write first keeps what it replaces. A read with a filter, of an index or of single
 * attributes is answered from the newest state: the stale one would have to be filtered and cut as DynamoDB does.
 */
final class ReplicaRequests extends TableRequests {

    private final Faults faults;
    private final ItemHistory history;

    /** One writer at a time, else two could keep the same state and one of those between would be missing. */
    private final Object writing = new Object();

    ReplicaRequests(boolean inMemory, boolean shared, boolean delayedStatus, Faults faults, InstantSource clock) {
        super(0, inMemory, null, shared, delayedStatus);
        this.faults = faults;
        this.history = new ItemHistory(Effect.StaleReads.MAX, clock);
    }

    @Override
    public GetItemResult getItem(String accessKey, String region, GetItemRequest request) {
        GetItemResult result = super.getItem(accessKey, region, request);
        boolean isWhole = request.getProjectionExpression() == null && request.getAttributesToGet() == null;
        if (isWhole && isEventual(request.getConsistentRead())) {
            stale("GetItem", new Place(request.getTableName(), request.getKey()))
                    .ifPresent(item -> result.setItem(item.isEmpty() ? null : item));
        }
        return result;
    }

    @Override
    public BatchGetItemResult batchGetItem(String accessKey, String region, BatchGetItemRequest request) {
        BatchGetItemResult result = super.batchGetItem(accessKey, region, request);
        request.getRequestItems().forEach((table, wanted) -> {
            boolean isWhole = wanted.getProjectionExpression() == null && wanted.getAttributesToGet() == null;
            if (isWhole && isEventual(wanted.getConsistentRead())) {
                result.getResponses().computeIfPresent(table, (name, items) -> stale(name, wanted, items));
            }
        });
        return result;
    }

    private List<Map<String, AttributeValue>> stale(
            String table, KeysAndAttributes wanted, List<Map<String, AttributeValue>> items) {
        List<Map<String, AttributeValue>> answered = new ArrayList<>(items);
        for (Map<String, AttributeValue> key : wanted.getKeys()) {
            stale("BatchGetItem", new Place(table, key)).ifPresent(before -> {
                answered.removeIf(item -> item.entrySet().containsAll(key.entrySet()));
                if (!before.isEmpty()) {
                    answered.add(before);
                }
            });
        }
        return answered;
    }

    @Override
    public ScanResult scan(String accessKey, String region, ScanRequest request) {
        ScanResult result = super.scan(accessKey, region, request);
        boolean isWhole = Stream.of(
                        request.getIndexName(),
                        request.getFilterExpression(),
                        request.getScanFilter(),
                        request.getProjectionExpression(),
                        request.getAttributesToGet(),
                        request.getSelect())
                .allMatch(absent -> absent == null);
        if (isWhole && isEventual(request.getConsistentRead())) {
            result.setItems(stale("Scan", accessKey, region, request.getTableName(), result.getItems()));
            result.setCount(result.getItems().size());
        }
        return result;
    }

    @Override
    public QueryResult query(String accessKey, String region, QueryRequest request) {
        QueryResult result = super.query(accessKey, region, request);
        boolean isWhole = Stream.of(
                        request.getIndexName(),
                        request.getFilterExpression(),
                        request.getQueryFilter(),
                        request.getProjectionExpression(),
                        request.getAttributesToGet(),
                        request.getSelect())
                .allMatch(absent -> absent == null);
        if (isWhole && isEventual(request.getConsistentRead())) {
            result.setItems(stale("Query", accessKey, region, request.getTableName(), result.getItems()));
            result.setCount(result.getItems().size());
        }
        return result;
    }

    /** What was not there yet is left out; what is gone by now does not come back. */
    private List<Map<String, AttributeValue>> stale(
            String operation, String accessKey, String region, String table, List<Map<String, AttributeValue>> items) {
        if (!faults.hasStaleReads()) {
            return items;
        }
        List<String> keys = keys(accessKey, region, table);
        return items.stream()
                .map(item ->
                        stale(operation, new Place(table, only(keys, item))).orElse(item))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static boolean isEventual(Boolean consistentRead) {
        return !Boolean.TRUE.equals(consistentRead);
    }

    /** Without attributes where there was none; empty where the newest is to be answered. */
    private Optional<Map<String, AttributeValue>> stale(String operation, Place place) {
        Optional<Duration> age = faults.onItem("dynamodb:" + operation);
        return age.flatMap(ago -> history.before(place, ago));
    }

    @Override
    public PutItemResult putItem(String accessKey, String region, PutItemRequest request) {
        return write(
                accessKey,
                region,
                () -> Stream.of(placeOf(accessKey, region, request.getTableName(), request.getItem())),
                () -> super.putItem(accessKey, region, request));
    }

    @Override
    public UpdateItemResult updateItem(String accessKey, String region, UpdateItemRequest request) {
        return write(
                accessKey,
                region,
                () -> Stream.of(new Place(request.getTableName(), request.getKey())),
                () -> super.updateItem(accessKey, region, request));
    }

    @Override
    public DeleteItemResult deleteItem(String accessKey, String region, DeleteItemRequest request) {
        return write(
                accessKey,
                region,
                () -> Stream.of(new Place(request.getTableName(), request.getKey())),
                () -> super.deleteItem(accessKey, region, request));
    }

    @Override
    public BatchWriteItemResult batchWriteItem(String accessKey, String region, BatchWriteItemRequest request) {
        return write(
                accessKey,
                region,
                () -> request.getRequestItems().entrySet().stream()
                        .flatMap(table -> table.getValue().stream()
                                .map(written -> placeOf(accessKey, region, table.getKey(), written))),
                () -> super.batchWriteItem(accessKey, region, request));
    }

    @Override
    public TransactWriteItemsResult transactWriteItems(
            String accessKey, String region, TransactWriteItemsRequest request) {
        return write(
                accessKey,
                region,
                () -> request.getTransactItems().stream().flatMap(written -> placeOf(accessKey, region, written)),
                () -> super.transactWriteItems(accessKey, region, request));
    }

    private <T> T write(String accessKey, String region, Supplier<Stream<Place>> places, Supplier<T> write) {
        if (!faults.hasStaleReads()) {
            history.clear(); // else a later lag would show what was overwritten before this write
            return write.get();
        }
        synchronized (writing) {
            try {
                places.get().toList().forEach(place -> history.keep(place, newest(accessKey, region, place)));
            } catch (AmazonServiceException | NullPointerException e) {
                // A request that DynamoDB refuses, as it is about to say itself.
            }
            return write.get();
        }
    }

    private Map<String, AttributeValue> newest(String accessKey, String region, Place place) {
        Map<String, AttributeValue> item = super.getItem(
                        accessKey, region, new GetItemRequest(place.table(), place.key()).withConsistentRead(true))
                .getItem();
        return item == null ? Map.of() : item;
    }

    private Place placeOf(String accessKey, String region, String table, WriteRequest written) {
        return written.getDeleteRequest() != null
                ? new Place(table, written.getDeleteRequest().getKey())
                : placeOf(accessKey, region, table, written.getPutRequest().getItem());
    }

    private Stream<Place> placeOf(String accessKey, String region, TransactWriteItem written) {
        if (written.getPut() != null) {
            return Stream.of(placeOf(
                    accessKey,
                    region,
                    written.getPut().getTableName(),
                    written.getPut().getItem()));
        } else if (written.getUpdate() != null) {
            return Stream.of(new Place(
                    written.getUpdate().getTableName(), written.getUpdate().getKey()));
        } else if (written.getDelete() != null) {
            return Stream.of(new Place(
                    written.getDelete().getTableName(), written.getDelete().getKey()));
        }
        return Stream.empty();
    }

    private Place placeOf(String accessKey, String region, String table, Map<String, AttributeValue> item) {
        return new Place(table, only(keys(accessKey, region, table), item));
    }

    private List<String> keys(String accessKey, String region, String table) {
        return describeTable(accessKey, region, new DescribeTableRequest(table)).getTable().getKeySchema().stream()
                .map(KeySchemaElement::getAttributeName)
                .toList();
    }

    private static Map<String, AttributeValue> only(List<String> keys, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> key = new HashMap<>();
        keys.forEach(name -> key.put(name, item.get(name)));
        return key;
    }
}
