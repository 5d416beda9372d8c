package io.millrace.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A process that does nothing until it is told to end. Its argument says how it takes that. */
final class ServiceMain {

    private ServiceMain() {}

    public static void main(String[] args) {
        System.exit(Service.run(Duration.ofSeconds(2), stop -> {
            if (args[0].equals("ends")) {
                return 3;
            }
            CountDownLatch told = new CountDownLatch(1);
            stop.then(told::countDown);
            System.out.println("ready");
            stop.await();
            told.await();
            if (args[0].equals("hangs")) {
                new CountDownLatch(1).await();
            }
            System.out.println("stopped");
            return args[0].equals("fails") ? 4 : ExitCode.OK;
        }));
    }
}
