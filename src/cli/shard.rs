//! `--shard K/N`: a part of the cases, so that several machines share them.

use std::{fmt, str::FromStr};

/// Part `number` of `count`, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    number: usize,
    count: usize,
}

impl Shard {
    /// The items of this shard: every `count`th, so that slow neighbours go to different shards.
    pub(crate) fn of<T>(self, all: Vec<T>) -> Vec<T> {
        all.into_iter().skip(self.number - 1).step_by(self.count).collect()
    }
}

/// A text that names no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadShard {
    /// The text is not of the form `2/4`.
    #[error("write K/N, for instance 1/4")]
    Shape,
    /// A part that there is not.
    #[error("K is from 1 to N, so there is no part {0} of {1}")]
    Range(usize, usize),
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.count)
    }
}

impl FromStr for Shard {
    type Err = BadShard;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (number, count) = text.split_once('/').ok_or(BadShard::Shape)?;
        let parse = |text: &str| text.parse::<usize>().map_err(|_| BadShard::Shape);
        let (number, count) = (parse(number)?, parse(count)?);
        if number == 0 || number > count {
            return Err(BadShard::Range(number, count));
        }
        Ok(Self { number, count })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("1/1", Ok(Shard { number: 1, count: 1 }))]
    #[case("4/4", Ok(Shard { number: 4, count: 4 }))]
    #[case("0/4", Err(BadShard::Range(0, 4)))]
    #[case("5/4", Err(BadShard::Range(5, 4)))]
    #[case("1/0", Err(BadShard::Range(1, 0)))]
    #[case("1", Err(BadShard::Shape))]
    #[case("a/b", Err(BadShard::Shape))]
    fn shards_are_read(#[case] text: &str, #[case] expected: Result<Shard, BadShard>) {
        assert_eq!(text.parse(), expected);
    }

    #[test]
    fn the_parts_are_the_whole_and_share_nothing() {
        let all: Vec<usize> = (0..10).collect();
        let mut parts: Vec<usize> =
            (1..=3).flat_map(|number| Shard { number, count: 3 }.of(all.clone())).collect();
        parts.sort_unstable();
        assert_eq!(parts, all);
    }
}
