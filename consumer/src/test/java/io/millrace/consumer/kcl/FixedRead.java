package io.millrace.consumer.kcl;

import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.kinesis.retrieval.DataFetcherResult;

/** What a read brought, as KCL's fetchers hand it over; the shard goes on. */
record FixedRead(GetRecordsResponse response) implements DataFetcherResult {

    @Override
    @Deprecated
    public GetRecordsResponse getResult() {
        return response;
    }

    @Override
    @Deprecated
    public GetRecordsResponse accept() {
        return response;
    }

    @Override
    public boolean isShardEnd() {
        return false;
    }
}
