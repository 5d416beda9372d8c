package io.millrace.localaws;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Where S3 keeps its files: a folder that stays, or a temporary one that goes with the instance. */
record DataFolder(Path path, boolean isTemporary) implements AutoCloseable {

    static DataFolder of(Optional<Path> kept) throws IOException {
        Path path = kept.isPresent() ? kept.get() : Files.createTempDirectory("millrace-local-aws-");
        DataFolder folder = new DataFolder(path.toAbsolutePath().normalize(), kept.isEmpty());
        try {
            Files.createDirectories(folder.s3());
            return folder;
        } catch (IOException e) {
            throw new IOException("cannot use the data folder " + path + ": " + e, e);
        }
    }

    Path s3() {
        return path.resolve("s3");
    }

    @Override
    public void close() throws IOException {
        if (isTemporary && Files.exists(path)) {
            Files.walkFileTree(path, new Delete());
        }
    }

    private static final class Delete extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
