package examplecodes

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// FindRelease finds the release that a firmware is, else the nearest one before it.
//
// It takes the spellings that stations and people use: r1.2.3, 1.2.3, abc_R1.2.3.4, r1.2.3-0-g0123abc. Numbers are
// compared as numbers. There is none for a text that is no firmware, and for a firmware that is older than every
// release.
func FindRelease(firmware string) (FoundRelease, bool) {
	asked, ok := readFirmware(firmware)
	if !ok {
		return FoundRelease{}, false
	}
	place, isExact := placeFor(asked)
	if place < 0 {
		return FoundRelease{}, false
	}
	return FoundRelease{Release: releases[place].clone(), IsExact: isExact}, true
}

// A build is what the spelling of a firmware says; commit is empty where no hash was given.
type build struct {
	numbers []int
	commit  string
}

// isOneWith says whether it can be that build: the hash counts as far as both give it.
func (b build) isOneWith(other build) bool {
	return slices.Equal(b.numbers, other.numbers) &&
		(strings.HasPrefix(other.commit, b.commit) || strings.HasPrefix(b.commit, other.commit))
}

// The tag, the commits past it, the hash.
var spelling = regexp.MustCompile(`\A(?:` + firmwareSpelling + `)\z`)

var digits = regexp.MustCompile(`[0-9]+`)

// Numbers that a tag leaves out count as zeros, and the commits stand behind them.
func readFirmware(text string) (build, bool) {
	match := spelling.FindStringSubmatch(text)
	if match == nil {
		return build{}, false
	}
	numbers := make([]int, mostFirmwareNumbers+1)
	for i, number := range digits.FindAllString(match[1], mostFirmwareNumbers) {
		numbers[i], _ = strconv.Atoi(number) // of five digits at most
	}
	numbers[mostFirmwareNumbers], _ = strconv.Atoi(match[2]) // 0 where there is none
	return build{numbers, strings.ToLower(match[3])}, true
}

var builds = func() []build {
	all := make([]build, len(releases))
	for i, release := range releases {
		all[i], _ = readFirmware(release.Build)
	}
	return all
}()

// placeFor gives the place of the release that answers among all, less than 0 for a firmware older than them.
func placeFor(asked build) (place int, isExact bool) {
	place = -1
	for i, known := range builds {
		if asked.isOneWith(known) {
			place, isExact = i, true
		} else if slices.Compare(known.numbers, asked.numbers) <= 0 && !isExact {
			place = i
		}
	}
	return place, isExact
}

// The place of each release among all, by its name.
var places = func() map[string]int {
	all := make(map[string]int, len(releases))
	for i, release := range releases {
		all[release.Name] = i
	}
	return all
}()
