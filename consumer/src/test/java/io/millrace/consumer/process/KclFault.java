package io.millrace.consumer.process;

import io.millrace.consumer.testing.ConsumerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Classes of KCL that do nothing, as ones that throw: in the place where KCL calls them, anything of its own could. */
enum KclFault {
    /** Thrown once, between the reader and the record processor: at a process's fourth read. */
    ERROR_AT_A_READ("lifecycle/NoOpTaskExecutionListener.java", listener("new NoClassDefFoundError(\"injected\")")),
    EXCEPTION_AT_A_READ(
            "lifecycle/NoOpTaskExecutionListener.java", listener("new IllegalStateException(\"injected\")")),

    /** Thrown in the scheduler's loop as soon as there is a file of this name in the classes' folder. */
    SCHEDULER("leases/NoOpShardPrioritization.java", """
            package software.amazon.kinesis.leases;

            public class NoOpShardPrioritization implements ShardPrioritization {
                @Override
                public java.util.List<ShardInfo> prioritize(java.util.List<ShardInfo> shards) {
                    if (getClass().getResource("/SCHEDULER") != null) {
                        throw new NoClassDefFoundError("injected");
                    }
                    return shards;
                }
            }
            """);

    private final String file;
    private final String source;

    KclFault(String file, String source) {
        this.file = "software/amazon/kinesis/" + file;
        this.source = source;
    }

    private static String listener(String thrown) {
        return """
                package software.amazon.kinesis.lifecycle;

                import java.util.concurrent.atomic.AtomicInteger;
                import software.amazon.kinesis.lifecycle.events.TaskExecutionListenerInput;

                public class NoOpTaskExecutionListener implements TaskExecutionListener {
                    private final AtomicInteger reads = new AtomicInteger();

                    @Override
                    public void beforeTaskExecution(TaskExecutionListenerInput input) {
                        if (input.taskType() == TaskType.PROCESS && reads.incrementAndGet() == 4) {
                            throw %s;
                        }
                    }

                    @Override
                    public void afterTaskExecution(TaskExecutionListenerInput input) {}
                }
                """.formatted(thrown);
    }

    /** Compiles them, for {@link ConsumerProcess.Builder#classesFirst}. */
    void compileInto(Path folder) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(path);
            if (!compiler.getTask(null, files, null, List.of("-proc:none", "-d", folder.toString()), null, sources)
                    .call()) {
                throw new IllegalStateException("the compiler refuses " + path);
            }
        }
    }

    /** Lets it happen now. */
    void strike(Path folder) throws IOException {
        Files.createFile(folder.resolve(name()));
    }
}
