package io.millrace.producer.internal;

import java.util.List;

/** What came of a {@code PutRecords} request. */
sealed interface PutReply {

    /** An outcome for each record, in the request's order. */
    record Answered(List<PutOutcome> outcomes) implements PutReply {}

    /** The request failed as a whole: {@code outcome} is never {@link PutOutcome.Delivered}. */
    record Failed(PutOutcome outcome) implements PutReply {}
}
