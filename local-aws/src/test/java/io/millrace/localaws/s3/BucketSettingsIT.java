package io.millrace.localaws.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.localaws.junit.LocalAwsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** What Terraform sets on a bucket, as the SDK's own client sets it. */
class BucketSettingsIT {

    private static final String POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";

    @RegisterExtension
    static final LocalAwsExtension aws = LocalAwsExtension.create();

    @Test
    void aPolicyIsKeptUntilItIsDeleted() {
        aws.createBucket("policies");
        assertRefused("NoSuchBucketPolicy", () -> policy("policies"));

        aws.s3().putBucketPolicy(r -> r.bucket("policies").policy(POLICY));
        assertEquals(POLICY, policy("policies"));

        aws.s3().deleteBucketPolicy(r -> r.bucket("policies"));
        assertRefused("NoSuchBucketPolicy", () -> policy("policies"));
        assertTrue(
                aws.s3().headBucket(r -> r.bucket("policies")).sdkHttpResponse().isSuccessful());
    }

    @Test
    void lifecycleRulesAreKept() {
        aws.createBucket("rules");
        assertRefused(
                "NoSuchLifecycleConfiguration", () -> aws.s3().getBucketLifecycleConfiguration(r -> r.bucket("rules")));

        aws.s3()
                .putBucketLifecycleConfiguration(r -> r.bucket("rules")
                        .lifecycleConfiguration(rules -> rules.rules(LifecycleRule.builder()
                                .id("dead-letters")
                                .status(ExpirationStatus.ENABLED)
                                .filter(filter -> filter.prefix("_dead-letter/"))
                                .expiration(expiration -> expiration.days(90))
                                .build())));

        var configuration = aws.s3().getBucketLifecycleConfiguration(r -> r.bucket("rules"));
        assertEquals("all_storage_classes_128K", configuration.transitionDefaultMinimumObjectSizeAsString());
        var rule = configuration.rules().get(0);
        assertEquals("_dead-letter/", rule.filter().prefix());
        assertEquals(90, rule.expiration().days());
    }

    @Test
    void ownershipAndPublicAccessAreKept() {
        aws.createBucket("mine");
        assertRefused(
                "OwnershipControlsNotFoundError", () -> aws.s3().getBucketOwnershipControls(r -> r.bucket("mine")));
        assertRefused(
                "NoSuchPublicAccessBlockConfiguration", () -> aws.s3().getPublicAccessBlock(r -> r.bucket("mine")));

        aws.s3()
                .putBucketOwnershipControls(r -> r.bucket("mine")
                        .ownershipControls(controls -> controls.rules(OwnershipControlsRule.builder()
                                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                                .build())));
        aws.s3()
                .putPublicAccessBlock(
                        r -> r.bucket("mine").publicAccessBlockConfiguration(block -> block.blockPublicPolicy(true)));

        assertEquals(
                ObjectOwnership.BUCKET_OWNER_ENFORCED,
                aws.s3()
                        .getBucketOwnershipControls(r -> r.bucket("mine"))
                        .ownershipControls()
                        .rules()
                        .get(0)
                        .objectOwnership());
        assertTrue(aws.s3()
                .getPublicAccessBlock(r -> r.bucket("mine"))
                .publicAccessBlockConfiguration()
                .blockPublicPolicy());
    }

    @Test
    void defaultEncryptionIsKept() {
        aws.createBucket("encrypted");
        assertRefused(
                "ServerSideEncryptionConfigurationNotFoundError",
                () -> aws.s3().getBucketEncryption(r -> r.bucket("encrypted")));

        aws.s3()
                .putBucketEncryption(r -> r.bucket("encrypted")
                        .serverSideEncryptionConfiguration(rules -> rules.rules(ServerSideEncryptionRule.builder()
                                .applyServerSideEncryptionByDefault(
                                        byDefault -> byDefault.sseAlgorithm(ServerSideEncryption.AES256))
                                .build())));

        assertEquals(
                ServerSideEncryption.AES256,
                aws.s3()
                        .getBucketEncryption(r -> r.bucket("encrypted"))
                        .serverSideEncryptionConfiguration()
                        .rules()
                        .get(0)
                        .applyServerSideEncryptionByDefault()
                        .sseAlgorithm());
    }

    @Test
    void aBucketMadeAnewHasNothingOfTheOld() {
        aws.createBucket("anew");
        aws.s3().putBucketPolicy(r -> r.bucket("anew").policy(POLICY));
        aws.s3().deleteBucket(r -> r.bucket("anew"));

        assertRefused("NoSuchBucket", () -> policy("anew"));
        aws.createBucket("anew");
        assertRefused("NoSuchBucketPolicy", () -> policy("anew"));
    }

    private static String policy(String bucket) {
        return aws.s3().getBucketPolicy(r -> r.bucket(bucket)).policy();
    }

    private static void assertRefused(String code, Executable call) {
        S3Exception refused = assertThrows(S3Exception.class, call);
        assertEquals(code, refused.awsErrorDetails().errorCode());
    }
}
