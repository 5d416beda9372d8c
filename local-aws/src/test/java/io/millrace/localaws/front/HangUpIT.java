package io.millrace.localaws.front;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.millrace.localaws.junit.LocalAwsExtension;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A client that goes away in the middle of its request is its own affair: a line, and no stack that alarms. */
class HangUpIT {

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void listen() {
        recorder.start();
        root.addAppender(recorder);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(recorder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nX-Amz-Target: Kinesis_20131202.PutRecords",
                "POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810.PutItem",
                "PUT /hang-up/key HTTP/1.1\r\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD"
            })
    void aBodyThatEndsEarlyIsOneLine(String head) throws Exception {
        if (head.startsWith("PUT")) {
            aws.createBucket("hang-up");
        }
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), aws.endpoint().getPort())) {
            socket.getOutputStream()
                    .write((head + "\r\nHost: x\r\nContent-Length: 100000\r\n\r\nthe beginning")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> recorder.events.stream()
                        .anyMatch(event -> event.getFormattedMessage().contains("hung up")));
        assertEquals(
                List.of(),
                recorder.events.stream()
                        .filter(event ->
                                event.getLevel().isGreaterOrEqual(Level.WARN) || event.getThrowableProxy() != null)
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList());
    }

    private static final class Recorder extends AppenderBase<ILoggingEvent> {

        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    }
}
