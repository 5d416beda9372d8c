package io.millrace.consumer.lease;

import io.millrace.consumer.lease.InitialPosition.At;
import io.millrace.consumer.lease.InitialPosition.Latest;
import java.util.Date;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;

/** Initial positions in KCL's types. */
final class KclPositions {

    private KclPositions() {}

    static InitialPositionInStreamExtended of(InitialPosition position) {
        if (position instanceof At at) {
            return InitialPositionInStreamExtended.newInitialPositionAtTimestamp(Date.from(at.time()));
        }
        return InitialPositionInStreamExtended.newInitialPosition(
                position instanceof Latest ? InitialPositionInStream.LATEST : InitialPositionInStream.TRIM_HORIZON);
    }
}
