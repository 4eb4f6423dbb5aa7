//! Wrong about what of a response is closed to scripts.

use fetch_model::{Origin, ResponseTainting, UnsafeResponse};

fn is_of_the_page(response: &UnsafeResponse) -> bool {
    response.tainting == ResponseTainting::Basic
}

html_mutants! {
    "no image taints a canvas" breaks ["R172"] {
        fn is_image_origin_clean(&self, _: &UnsafeResponse) -> bool {
            true
        }
    }

    "an image that CORS grants taints a canvas" breaks ["R172"] {
        fn is_image_origin_clean(&self, response: &UnsafeResponse) -> bool {
            is_of_the_page(response)
        }
    }

    "an image's last URL says whether it taints" breaks ["R172"] {
        fn is_image_origin_clean(&self, response: &UnsafeResponse) -> bool {
            response.is_cors_same_origin() || response.url.host_str() == Some("app.example.com")
        }
    }

    "no video taints a canvas" breaks ["R172", "R173"] {
        fn is_media_origin_clean(&self, _: &UnsafeResponse) -> bool {
            true
        }
    }

    "media that CORS grants are silent" breaks ["R174"] {
        fn is_media_origin_clean(&self, response: &UnsafeResponse) -> bool {
            is_of_the_page(response)
        }
    }

    "all media are heard" breaks ["R174"] {
        fn is_media_origin_clean(&self, _: &UnsafeResponse) -> bool {
            true
        }
    }

    "no error is muted" breaks ["R169", "R180"] {
        fn mutes_errors(&self, _: &UnsafeResponse) -> bool {
            false
        }
    }

    "errors of scripts that CORS grants are muted" breaks ["R169"] {
        fn mutes_errors(&self, response: &UnsafeResponse) -> bool {
            !is_of_the_page(response)
        }
    }

    "all rules of style sheets are open" breaks ["R171"] {
        fn is_style_sheet_origin_clean(&self, _: &UnsafeResponse) -> bool {
            true
        }
    }

    "rules of style sheets that CORS grants are closed" breaks ["R171"] {
        fn is_style_sheet_origin_clean(&self, response: &UnsafeResponse) -> bool {
            is_of_the_page(response)
        }
    }

    "every document in a page is open to it" breaks ["R45", "R188"] {
        fn is_content_document_shown(&self, _: &Origin, _: &UnsafeResponse) -> bool {
            true
        }
    }

    "no document in a page is open to it" breaks ["R45", "R188"] {
        fn is_content_document_shown(&self, _: &Origin, _: &UnsafeResponse) -> bool {
            false
        }
    }

    "documents of the same site are open to each other" breaks ["R45", "R188"] {
        fn is_content_document_shown(&self, origin: &Origin, response: &UnsafeResponse) -> bool {
            Origin::of(&response.url).is_some_and(|other| other.is_same_site(origin))
        }
    }
}
