package io.millrace.aws;

import java.net.URI;
import java.util.Locale;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/** The services that Millrace calls. */
public enum AwsService {
    KINESIS("kinesis"),
    DYNAMODB("dynamodb"),
    S3("s3"),
    CLOUDWATCH("monitoring");

    private final String endpointPrefix;

    /** @param endpointPrefix the service's name in its host name (AWS General Reference, service endpoints) */
    AwsService(String endpointPrefix) {
        this.endpointPrefix = endpointPrefix;
    }

    /** The name in lower case, for people. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The variable with which the SDK takes this service alone elsewhere (SDK reference guide, service-specific
     * endpoints).
     */
    String endpointVariable() {
        return "AWS_ENDPOINT_URL_" + name();
    }

    /** Where AWS itself has the service in a region. */
    URI endpoint(Region region) {
        return URI.create("https://" + ServiceMetadata.of(endpointPrefix).endpointFor(region));
    }
}
