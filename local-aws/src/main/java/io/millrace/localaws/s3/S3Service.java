package io.millrace.localaws.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** s3proxy behind our own server, on a folder: a bucket is a folder in it, an object a plain file. */
public final class S3Service extends Handler.Wrapper {

    /** @param folder made if absent; s3proxy lists nothing under a relative path, so it is made absolute */
    public S3Service(Path folder) {
        super();
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException("S3: cannot create " + root, e);
        }
        var context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new S3Servlet(new FilesystemNio2BlobStore(root.toString()))), "/*");
        setHandler(context);
    }
}
