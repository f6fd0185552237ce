import com.google.auth.oauth2.UserCredentials;
import com.google.auth.oauth2.AccessToken;
import java.net.URI;
import java.util.Date;
import java.util.concurrent.CountDownLatch;

/** What google-auth-library does with the same work, with a refresh token where the others use client credentials; prints one number. */
public final class Peer {
    private static final int CALLS = 2_000_000;
    private static final URI API = URI.create("https://api.example/");

    private static UserCredentials credentials(String url, AccessToken token) {
        return UserCredentials.newBuilder().setClientId("client").setClientSecret("secret").setRefreshToken("refresh")
            .setTokenServerUri(URI.create(url)).setAccessToken(token).build();
    }

    private static double together(int count, Runnable work) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(count);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            new Thread(() -> {
                work.run();
                done.countDown();
            }).start();
        }
        done.await();
        return System.nanoTime() - start;
    }

    private static double reads(int threads) throws InterruptedException {
        UserCredentials tokens =
            credentials("http://localhost/", new AccessToken("token", new Date(System.currentTimeMillis() + 3_600_000)));
        Runnable read = () -> {
            for (int i = 0; i < CALLS; i++) { token(tokens); }
        };
        // Compiled by then.
        together(threads, read);
        return together(threads, read) / CALLS;
    }

    private static void token(UserCredentials tokens) {
        try { tokens.getRequestMetadata(API); } catch (java.io.IOException error) { }
    }

    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "fresh" -> System.out.println(reads(1));
            case "pair" -> System.out.println(reads(2));
            case "quad" -> System.out.println(reads(4));
            case "first" -> {
                credentials(words[1], null).getRequestMetadata(API);
                System.out.println(0);
            }
            case "crowd", "down" -> {
                UserCredentials tokens = credentials(words[1], null);
                System.out.println(together(words[0].equals("crowd") ? 200 : 20, () -> token(tokens)) / 1e6);
            }
            default -> System.exit(64);
        }
    }
}
