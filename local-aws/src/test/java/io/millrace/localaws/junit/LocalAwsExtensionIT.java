package io.millrace.localaws.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.fault.Fault;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalAwsExtensionIT {

    @RegisterExtension
    static final LocalAwsExtension shared = LocalAwsExtension.create();

    @RegisterExtension
    final LocalAwsExtension own = LocalAwsExtension.create();

    private static URI endpoint;

    @BeforeAll
    static void remember() {
        endpoint = shared.endpoint();
    }

    @Test
    @Order(1)
    void aStreamIsActiveWhenItIsMade() {
        shared.createStream("logs", 2);

        assertEquals(
                "ACTIVE",
                shared.kinesisAsync()
                        .describeStreamSummary(r -> r.streamName("logs"))
                        .join()
                        .streamDescriptionSummary()
                        .streamStatusAsString());
        assertNotEquals(endpoint, own.endpoint());
        shared.faults().add(Fault.throttle("*"));
    }

    @Test
    @Order(2)
    void faultsEndWithTheirTestAndStreamsDoNot() {
        assertTrue(shared.faults().list().isEmpty());
        assertEquals(1, shared.kinesis().listStreams().streamNames().size());
        assertEquals(0, own.kinesis().listStreams().streamNames().size());
    }

    @Nested
    class Inner {
        @Test
        void sharesTheOuterInstance() {
            assertEquals(endpoint, shared.endpoint());
        }
    }

    @Test
    void saysSoWhereNothingRuns() {
        assertThrows(
                IllegalStateException.class, () -> LocalAwsExtension.create().endpoint());
    }
}
