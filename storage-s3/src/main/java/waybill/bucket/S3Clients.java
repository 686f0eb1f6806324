package waybill.bucket;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import waybill.blob.Bucket;

/// Makes clients of buckets. They have the settings of the hub, and read no files of the AWS command line.
final class S3Clients {

    private S3Clients() {}

    static S3Client open(Bucket bucket, S3Limits limits) {
        var key = AwsBasicCredentials.create(bucket.key().id(), bucket.key().secret());
        var builder = S3Client.builder()
                .region(Region.of(bucket.region()))
                .credentialsProvider(StaticCredentialsProvider.create(key))
                .forcePathStyle(bucket.isPathStyle())
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false) // what other services lack
                        .expectContinueEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .defaultsMode(DefaultsMode.STANDARD)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(limits.connect())
                        .socketTimeout(limits.read()))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(limits.attempt())
                        .apiCallTimeout(limits.call())
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(limits.attemptsMax())
                                .build()));
        bucket.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
