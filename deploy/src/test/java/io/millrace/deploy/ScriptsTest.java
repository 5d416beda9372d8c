package io.millrace.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What start.sh, stop.sh and test-kinesis.sh share, in a checkout of its own that has nothing else. */
class ScriptsTest {

    private static final long SECONDS = 60;

    @TempDir
    Path checkout;

    @TempDir
    Path home;

    @BeforeEach
    void copyTheSharedPart() throws IOException {
        Files.createDirectories(checkout.resolve("scripts"));
        Files.copy(Repository.ROOT.resolve("scripts/common.sh"), checkout.resolve("scripts/common.sh"));
    }

    @Test
    void aHomeThatStartWasGivenIsFoundByTheOthers() throws Exception {
        String start = "MILLRACE_HOME=" + home + "; . scripts/common.sh; note_home; mkdir -p $RUN; touch $ENDPOINTS";
        run(start, "start.sh");

        assertEquals(home.toString(), home("test-kinesis.sh"));
        assertEquals(home.toString(), home("stop.sh"));
        assertEquals(checkout.resolve(".millrace").toString(), home("start.sh"), "a second system is its own");

        run(". scripts/common.sh; forget_endpoints", "stop.sh");
        assertEquals(checkout.resolve(".millrace").toString(), home("test-kinesis.sh"));
    }

    @Test
    void aSystemInTheUsualPlaceComesFirst() throws Exception {
        run("MILLRACE_HOME=" + home + "; . scripts/common.sh; note_home", "start.sh");
        run(". scripts/common.sh; mkdir -p $RUN; touch $ENDPOINTS", "start.sh");
        assertEquals(checkout.resolve(".millrace").toString(), home("test-kinesis.sh"));
    }

    /** A stopped process may hold its port for a moment longer than it is seen. */
    @Test
    void aPortIsWaitedFor() throws Exception {
        try (ServerSocket held = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Process waiting = bash(
                    ". scripts/common.sh; await_free " + held.getLocalPort() + " 30; listens " + held.getLocalPort()
                            + " || echo free",
                    "stop.sh");
            held.accept().close(); // it has looked, and waits
            assertTrue(waiting.isAlive());
            held.close();
            assertEquals("free", output(waiting));
        }
    }

    private String home(String script) throws Exception {
        return run(". scripts/common.sh; echo $MILLRACE_HOME", script);
    }

    private String run(String commands, String script) throws Exception {
        return output(bash(commands, script));
    }

    private Process bash(String commands, String script) throws IOException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands, script);
        bash.environment().remove("MILLRACE_HOME");
        return bash.directory(checkout.toFile()).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), said);
        return said;
    }
}
