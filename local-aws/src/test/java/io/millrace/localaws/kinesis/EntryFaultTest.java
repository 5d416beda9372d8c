package io.millrace.localaws.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.localaws.kinesis.EntryFault.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EntryFaultTest {

    private final AtomicInteger calls = new AtomicInteger();

    private final Api api = new Api(KinesisSettings.defaults().withEntryFault((stream, shard) -> {
        assertEquals("s", stream);
        assertEquals(Shard.idOf(0), shard);
        return switch (calls.getAndIncrement() % 3) {
            case 0 -> Optional.of(Failure.INTERNAL_FAILURE);
            case 1 -> Optional.empty();
            default -> Optional.of(Failure.PROVISIONED_THROUGHPUT_EXCEEDED);
        };
    }));

    @Test
    void onlyTheEntriesWithoutAFaultAreStored() {
        api.createStream("s", 1);
        JsonNode result = api.call(
                "PutRecords",
                "{'StreamName':'s','Records':[{'PartitionKey':'k','Data':'" + Api.base64("a") + "'},"
                        + "{'PartitionKey':'k','Data':'" + Api.base64("b") + "'},"
                        + "{'PartitionKey':'k','Data':'" + Api.base64("c") + "'}]}");
        assertEquals(2, result.path("FailedRecordCount").intValue());
        assertEquals(
                "InternalFailure",
                result.path("Records").path(0).path("ErrorCode").textValue());
        assertEquals(
                "Internal service failure.",
                result.path("Records").path(0).path("ErrorMessage").textValue());
        assertEquals(
                "ProvisionedThroughputExceededException",
                result.path("Records").path(2).path("ErrorCode").textValue());
        assertEquals(List.of("b"), api.readAll("s", Shard.idOf(0), "'TRIM_HORIZON'"));
        api.put("s", "k", "PutRecord has no entries");
        assertEquals(3, calls.get());
    }
}
