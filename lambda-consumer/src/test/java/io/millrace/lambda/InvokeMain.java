package io.millrace.lambda;

import java.time.Duration;

/** Does what Lambda's runtime does, for a test that starts it over the packaged jar: prints the answer's failures. */
final class InvokeMain {

    public static void main(String[] args) {
        System.out.println("failures: "
                + Events.failures(
                        new KinesisToS3Handler().handleRequest(Events.all(), new Invocation(Duration.ofSeconds(60)))));
    }

    private InvokeMain() {}
}
