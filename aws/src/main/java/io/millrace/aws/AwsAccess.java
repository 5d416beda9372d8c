package io.millrace.aws;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/**
 * Where AWS is for a process, and as whom it calls. Every client's builder goes through {@link #configure} (S3's
 * through {@link #configureS3}), so that all of them agree:
 *
 * <ul>
 *   <li>Endpoint: the one that is set (AWS_ENDPOINT_URL), else AWS itself. A variable that is set and empty counts as
 *       not set, though the SDK refuses it.
 *   <li>Region: the one that is set, else the SDK's own search; with an endpoint that is not AWS's, at last us-east-1.
 *   <li>Credentials: the SDK's own search. For an endpoint that is not AWS's, only the places that answer at once are
 *       searched, and the last is {@code test}/{@code test}: a stand-in takes any credentials.
 *   <li>S3's buckets are named in the path where an endpoint is set, because a stand-in has no host name for each
 *   bucket.
 * </ul>
 *
 * Immutable and thread-safe. It opens nothing, so there is nothing to close.
 */
public final class AwsAccess {

    private static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL";

    /** AWS's own domains, in all of its partitions; VPC endpoints are under these too. */
    private static final Pattern AWS_HOST = Pattern.compile(
            ".*\\.(amazonaws\\.com|amazonaws\\.com\\.cn|api\\.aws|amazonaws\\.eu)", Pattern.CASE_INSENSITIVE);

    private final Optional<URI> endpoint;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final Map<String, String> environment;

    private AwsAccess(
            Optional<URI> endpoint,
            Region region,
            AwsCredentialsProvider credentials,
            Map<String, String> environment) {
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
        this.environment = environment;
    }

    /**
     * The access with these settings.
     *
     * @param endpoint of all services; empty for AWS itself
     * @param region empty for what the SDK finds
     * @throws NoRegionException where no region is given and the SDK finds none
     */
    public static AwsAccess of(Optional<URI> endpoint, Optional<String> region) {
        return of(endpoint, region, System.getenv());
    }

    static AwsAccess of(Optional<URI> endpoint, Optional<String> region, Map<String, String> environment) {
        boolean standIn = endpoint.filter(uri -> !isAws(uri)).isPresent();
        return new AwsAccess(
                endpoint,
                region.map(Region::of).orElseGet(() -> standIn ? regionOfStandIn() : regionOfAws()),
                standIn
                        ? credentialsForStandIn()
                        : DefaultCredentialsProvider.builder().build(),
                environment);
    }

    /** The region of every client. */
    public Region region() {
        return region;
    }

    /**
     * Sets endpoint, region and credentials.
     *
     * @param service the one that the builder's client calls
     * @return the builder
     */
    public <B extends AwsClientBuilder<B, C>, C> B configure(B builder, AwsService service) {
        endpoint.or(() -> isBlankedOut(service) ? Optional.of(service.endpoint(region)) : Optional.empty())
                .ifPresent(builder::endpointOverride);
        return builder.region(region).credentialsProvider(credentials);
    }

    /** Sets endpoint, region, credentials and the form of object URLs. */
    public <B extends S3BaseClientBuilder<B, C>, C> B configureS3(B builder) {
        return configure(builder, AwsService.S3).forcePathStyle(endpoint.isPresent());
    }

    /** The SDK reads the variable too, and takes the empty text for an endpoint without a scheme. */
    private boolean isBlankedOut(AwsService service) {
        String value = environment.get(ENDPOINT_VARIABLE);
        return value != null && value.isBlank() && environment.get(service.endpointVariable()) == null;
    }

    private static boolean isAws(URI endpoint) {
        return endpoint.getHost() != null
                && AWS_HOST.matcher(endpoint.getHost()).matches();
    }

    private static Region regionOfAws() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            throw new NoRegionException(e);
        }
    }

    /** Asking a cloud's machine for its region would only hold the start up. */
    private static Region regionOfStandIn() {
        AwsRegionProvider fixed = () -> Region.US_EAST_1;
        return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider(), fixed)
                .getRegion();
    }

    /** Asking a cloud's machine for credentials would only hold the start up. */
    private static AwsCredentialsProvider credentialsForStandIn() {
        return AwsCredentialsProviderChain.of(
                EnvironmentVariableCredentialsProvider.create(),
                SystemPropertyCredentialsProvider.create(),
                ProfileCredentialsProvider.create(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }
}
