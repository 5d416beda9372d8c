package io.millrace.chaos;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can befall the consumers. */
enum Disturbance {
    /** kill -9 of a worker, that is back soon under its name. */
    KILL("kills"),
    /** SIGSTOP of a worker for longer than its leases last: when it goes on, others have its shards. */
    FREEZE("freezes"),
    /** SIGTERM of a worker, that is back when it has ended. */
    STOP("stops"),
    /** The stream gets another number of shards, of 2, 3 and 4. */
    RESHARD("reshards"),
    /** S3, DynamoDB or Kinesis's reads fail for a while. */
    FAULT("faults"),
    /** A second process under a worker's name, for some seconds; one of the two ends. */
    DOUBLE("doubles"),
    /** A worker is killed within a commit and comes back with another TARGET_BUCKET. */
    BUCKET("buckets"),
    /** A worker comes back with STREAMS for STREAM_NAME and TARGET_BUCKET, or the other way round. */
    STREAMS("streams"),
    /** What a lake keeper does: the objects of an hour that is over become one. */
    COMPACT("compactions"),
    /** What a lifecycle rule does: objects that are old enough go. */
    EXPIRE("expiries"),
    /** DynamoDB's eventually consistent reads answer from a while ago, all the time. */
    LAG("lag");

    /** What befalls any process anywhere; the others need an operator's hand, or another program's. */
    static final Set<Disturbance> BASIC = EnumSet.range(KILL, FAULT);

    private final String plural;

    Disturbance(String plural) {
        this.plural = plural;
    }

    /** For example {@code kills}. */
    String plural() {
        return plural;
    }

    /** Its name on the command line and in the output. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it goes on all the time, and is not drawn. */
    boolean isPermanent() {
        return this == LAG;
    }

    /** Whether objects go, so that the run needs a short retention to show it. */
    boolean takesObjects() {
        return this == COMPACT || this == EXPIRE;
    }
}
