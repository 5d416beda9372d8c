package io.millrace.localaws.s3;

import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** s3proxy behind our own server, on a folder: a bucket is a folder in it, an object a plain file. */
public final class S3Service extends Handler.Wrapper {

    /** @param folder an absolute path: under a relative one s3proxy lists nothing */
    public S3Service(Path folder) {
        super();
        var context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new S3Servlet(new FilesystemNio2BlobStore(folder.toString()))), "/*");
        setHandler(context);
    }
}
