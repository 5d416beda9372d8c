package io.millrace.dashboard.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/**
 * Lays many objects into a bucket of local-aws as the plain files that it keeps, many times faster than S3 calls would,
 * each as if written at the end of its hour.
 * Arguments: the bucket's folder, services, hours, objects an hour.
 */
public final class FillLake {

    private FillLake() {}

    public static void main(String[] args) throws IOException {
        LakeShape shape = LakeShape.of(args, 1);
        Path bucket = Path.of(args[0]);
        byte[] content = shape.content();
        for (LakeShape.Folder folder : shape.folders()) {
            Path path = Files.createDirectories(bucket.resolve(folder.prefix()));
            FileTime written = FileTime.from(folder.hour().plus(Duration.ofHours(1)));
            for (int i = 0; i < shape.objectsAnHour(); i++) {
                Files.setLastModifiedTime(Files.write(path.resolve(shape.name(i)), content), written);
            }
        }
    }
}
