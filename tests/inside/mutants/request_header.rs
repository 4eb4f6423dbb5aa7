//! Wrong about which request headers need permission.

use fetch_model::{FetchStandard, HeaderList, Rules};

fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}

/// Whether the standard would safelist `name` with this other value.
fn as_if(name: &str, value: &str) -> bool {
    FetchStandard.is_cors_safelisted_request_header(name, value)
}

/// The standard's names for the fields that `keep` keeps.
fn names_of(headers: &HeaderList, keep: impl Fn(&str) -> bool) -> Vec<String> {
    let kept: HeaderList = headers
        .iter()
        .filter(|(name, _)| keep(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    FetchStandard.cors_unsafe_request_header_names(&kept)
}

mutants! {
    "values may be longer than 128 bytes" breaks ["R23"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            as_if(name, &value.chars().take(128).collect::<String>())
        }
    }

    "128 bytes are too many" breaks ["R23"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            value.chars().count() < 128 && as_if(name, value)
        }
    }

    "Accept may hold any byte" breaks ["R24"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            is(name, "accept") || as_if(name, value)
        }
    }

    "an at sign is safe in Accept" breaks ["R24"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            as_if(name, if is(name, "accept") && value.contains('@') { "a" } else { value })
        }
    }

    "DEL is safe in Accept" breaks ["R24"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            as_if(name, if is(name, "accept") && value.contains('\u{7F}') { "a" } else { value })
        }
    }

    "Accept-Language may hold any byte" breaks ["R25"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            is(name, "accept-language") || as_if(name, value)
        }
    }

    "Content-Language goes by the bytes of Accept" breaks ["R25"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            as_if(if is(name, "content-language") { "accept" } else { name }, value)
        }
    }

    "Content-Type may hold unsafe bytes" breaks ["R26"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            let value = if is(name, "content-type") {
                value.replace(['"', '(', ')', ':', '@'], "")
            } else {
                value.to_owned()
            };
            as_if(name, &value)
        }
    }

    "application/json is safe" breaks ["R27"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            (is(name, "content-type") && value == "application/json") || as_if(name, value)
        }
    }

    "a type with parameters is not safe" breaks ["R27"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            !(is(name, "content-type") && value.contains(';')) && as_if(name, value)
        }
    }

    "types are compared as they are written" breaks ["R27"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            !(is(name, "content-type") && value != value.to_ascii_lowercase()) && as_if(name, value)
        }
    }

    "multipart/form-data needs permission" breaks ["R27"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            !(is(name, "content-type") && value.starts_with("multipart/")) && as_if(name, value)
        }
    }

    "of a list of types the first counts" breaks ["R28"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            let first = value.split(',').next().unwrap_or_default();
            as_if(name, if is(name, "content-type") { first } else { value })
        }
    }

    "of a list of types the last counts" breaks ["R28"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            let last = value.rsplit(',').next().unwrap_or_default().trim();
            as_if(name, if is(name, "content-type") { last } else { value })
        }
    }

    "Range needs permission" breaks ["R29"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            !is(name, "range") && as_if(name, value)
        }
    }

    "white space is allowed in Range" breaks ["R29"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            as_if(name, &if is(name, "range") { value.replace([' ', '\t'], "") } else { value.to_owned() })
        }
    }

    "the unit of Range is compared without case" breaks ["R29"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            as_if(name, &if is(name, "range") { value.to_ascii_lowercase() } else { value.to_owned() })
        }
    }

    "a suffix range is safe" breaks ["R30"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            (is(name, "range") && value.starts_with("bytes=-")) || as_if(name, value)
        }
    }

    "any number of ranges is safe" breaks ["R30"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            let first = value.split(',').next().unwrap_or_default();
            as_if(name, if is(name, "range") { first } else { value })
        }
    }

    "a range may end before it starts" breaks ["R30"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            let open = value.find('-').map_or(value, |dash| &value[..=dash]);
            as_if(name, if is(name, "range") && !value.contains(',') { open } else { value })
        }
    }

    "Authorization is safe" breaks ["R31"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            is(name, "authorization") || as_if(name, value)
        }
    }

    "client hints are safe" breaks ["R31"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            ["dpr", "save-data", "device-memory", "viewport-width", "width"].iter().any(|hint| is(name, hint))
                || as_if(name, value)
        }
    }

    "names of safe headers are lower case alone" breaks ["R32"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            name == "Accept" || (name == name.to_ascii_lowercase() && as_if(name, value))
        }
    }

    "many safe values may be long together" breaks ["R33"] {
        fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<String> {
            names_of(headers, |name| {
                headers
                    .values(name)
                    .any(|value| !FetchStandard.is_cors_safelisted_request_header(name, value))
            })
        }
    }

    "1,024 bytes together are too many" breaks ["R33"] {
        fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<String> {
            let mut more = headers.clone();
            more.append("Accept-Language", "a");
            FetchStandard.cors_unsafe_request_header_names(&more)
        }
    }

    "names are told in the order they were set" breaks ["R34", "R60"] {
        fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<String> {
            let sorted = FetchStandard.cors_unsafe_request_header_names(headers);
            let mut names: Vec<String> = Vec::new();
            for (name, _) in headers.iter() {
                let name = name.to_ascii_lowercase();
                if sorted.contains(&name) && !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        }
    }

    "names are told as they were written" breaks ["R34", "R60"] {
        fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<String> {
            FetchStandard
                .cors_unsafe_request_header_names(headers)
                .into_iter()
                .map(|name| {
                    let written =
                        headers.iter().find(|(other, _)| is(other, &name)).map(|(other, _)| other.to_owned());
                    written.unwrap_or(name)
                })
                .collect()
        }
    }

    "a name that was set twice is told twice" breaks ["R34"] {
        fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<String> {
            FetchStandard
                .cors_unsafe_request_header_names(headers)
                .into_iter()
                .flat_map(|name| vec![name.clone(); headers.values(&name).count()])
                .collect()
        }
    }

    "the user agent's own Accept needs permission" breaks ["R35"] {
        fn is_cors_safelisted_request_header(&self, name: &str, value: &str) -> bool {
            !(is(name, "accept") && value == "*/*") && as_if(name, value)
        }
    }
}
