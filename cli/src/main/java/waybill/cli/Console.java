package waybill.cli;

import java.util.function.Consumer;
import waybill.cli.caps.News;
import waybill.cli.caps.Profile;
import waybill.cli.caps.Words;

/// Where the apps' news goes when they run by themselves.
final class Console {

    private Console() {}

    static Consumer<News> printing(Profile profile) {
        var words = new Words(profile);
        return news -> words.of(news).forEach(System.out::println);
    }
}
